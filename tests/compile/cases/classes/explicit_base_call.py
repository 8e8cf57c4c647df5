class Base:
    def __init__(self, n):
        self.n = n

    def twice(self):
        return self.n * 2


class Sub(Base):
    def __init__(self, n):
        Base.__init__(self, n + 1)

    def twice(self):
        return Base.twice(self) + 1


print(Sub(1).twice())
