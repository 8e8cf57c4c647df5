d = {"n": 1}
xs = [1, 2, 3]
d["n"] += 5
xs[1] *= 10
xs[-1] -= 1


def index():
    print("once")
    return 0


xs[index()] += 100
print(d, xs)
