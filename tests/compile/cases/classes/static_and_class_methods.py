class Maker:
    count = 0

    def __init__(self, n):
        self.n = n

    @staticmethod
    def double(n):
        return n * 2

    @classmethod
    def make(cls, n):
        cls.count += 1
        return cls(cls.double(n))

    def again(self):
        return self.make(self.n).n + self.double(1)


class Sub(Maker):
    pass


m = Maker.make(2)
print(m.n, m.again(), Maker.count, type(Sub.make(1)).__name__, m.double(4))
