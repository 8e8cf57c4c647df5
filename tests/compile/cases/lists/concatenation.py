xs = [1] + [2, 3]
ys = xs + [4]
print(xs, ys, [0] * 3, [[]] * 2, xs * 2)
