import copy

a = {"x": [1]}
b = a.copy()
c = copy.deepcopy(a)
b["y"] = 2
a["x"].append(2)
print(a, b, c)
