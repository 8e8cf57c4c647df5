words = ["pear", "fig", "banana"]
words.sort(key=len)
print(words, sorted(words, key=lambda w: w[-1]), sorted([(2, "b"), (1, "z"), (2, "a")]))
words.sort(reverse=True)
print(words)
