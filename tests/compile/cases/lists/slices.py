xs = [0, 1, 2, 3, 4, 5]
print(xs[1:3], xs[:2], xs[-2:], xs[::2], xs[::-1], xs[4:0:-2], xs[:], xs[2:100])
n = 2
print(xs[n:], xs[:-n], xs[n : n + 2])
