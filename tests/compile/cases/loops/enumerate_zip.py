for i, (a, b) in enumerate(zip([1, 2, 3], "xyz"), start=1):
    print(i, a, b)
print(list(zip([1, 2], [3, 4], [5, 6])), list(enumerate("ab")))
