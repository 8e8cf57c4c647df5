s = "  Hello, World  "
print(s.strip(), s.lower(), s.upper(), s.strip().split(", "), s.replace("l", "L"))
print("a,b,c".split(","), "a b  c".split(), "a.b.c".split(".", 1), "a.b.c".rsplit(".", 1), "x=1".partition("="))
print("abc".startswith("ab"), "abc".endswith(("x", "c")), "abc".find("c"), "abc".find("z"), "aXbX".count("X"))
print("-".join(["a", "b"]), "title case".title(), "cap".capitalize(), "7".zfill(3), "42".isdigit(), "a1".isalnum())
print("prefix_x".removeprefix("prefix_"), "x_suffix".removesuffix("_suffix"), "a\nb\n".splitlines())
print("ab".center(6, "*"), "ab".ljust(4) + "|", "ab".rjust(4))
