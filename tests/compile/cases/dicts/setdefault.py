groups = {}
for w in ["apple", "avocado", "bean"]:
    groups.setdefault(w[0], []).append(w)
print(groups)
