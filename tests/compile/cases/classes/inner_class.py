class Outer:
    class Inner:
        def __init__(self, n):
            self.n = n

    def make(self):
        return self.Inner(4)


print(Outer().make().n, Outer.Inner(2).n)
