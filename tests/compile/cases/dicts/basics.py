d = {"a": 1, "b": 2}
d["c"] = 3
print(d, d["a"], len(d), "a" in d, "z" in d, d.get("z"), d.get("z", 0), list(d), list(d.keys()), list(d.values()))
for k, v in d.items():
    print(k, v)
del d["a"]
print(d, d.pop("b"), d.pop("b", None), d)
