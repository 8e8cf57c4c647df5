d = {}
for k in ["b", "a", "c"]:
    d[k] = k.upper()
print(d, list(d), next(iter(d)))
