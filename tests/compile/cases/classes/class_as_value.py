class A:
    def __init__(self, n=0):
        self.n = n


class B(A):
    pass


classes = {"a": A, "b": B}
cls = classes["b"]
made = cls(3)
print(type(made).__name__, [klass(1).n for klass in (A, B)], classes["a"](n=5).n)
