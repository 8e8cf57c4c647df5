class A:
    def f(self):
        self = 3
        return self
