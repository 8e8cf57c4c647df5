class A:
    def __init__(self, n):
        self.n = n

    def add(self, x):
        return self.n + x

    def all(self, xs):
        return list(map(self.add, xs))


f = A(10).add
xs = []
push = xs.append
push(1)
print(f(1), A(2).all([1, 2]), xs)
