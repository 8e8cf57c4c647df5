scale = 2
f = lambda x, k=scale: x * k
scale = 5
print(f(3), f(3, 10), (lambda *xs: sum(xs))(1, 2, 3), (lambda: None)())
