def noisy(x):
    print("made", x)
    return x


g = (noisy(x) for x in [1, 2, 3] if x != 2)
print("before")
print(next(g), next(g), next(g, "end"))
