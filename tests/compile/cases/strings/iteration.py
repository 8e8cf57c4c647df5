print([c for c in "abc"], list("xyz"), sorted("hello"), "".join(reversed("abc")))
for i, c in enumerate("ab"):
    print(i, c)
