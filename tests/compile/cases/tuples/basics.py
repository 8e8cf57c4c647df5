t = (1, "a", None)
print(t, t[0], t[-1], len(t), t + (2,), t[1:], (1,), ())
a, b, c = t
print(a, b, c, t == (1, "a", None), isinstance(t, tuple), isinstance([1], tuple))
