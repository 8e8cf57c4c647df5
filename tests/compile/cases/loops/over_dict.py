d = {"a": 1, "b": 2}
for k in d:
    print(k, d[k])
print([k for k in d], sorted(d), max(d), list(reversed([1, 2])))
