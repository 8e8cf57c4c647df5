a = {"x": 1}
a.update({"y": 2})
a.update(z=3)
b = {**a, "x": 9}
c = a | {"w": 0}
a |= {"q": 5}
print(a, b, c, dict(a, k=1), dict([("m", 1)]), dict(n=2))
