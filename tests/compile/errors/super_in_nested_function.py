class A:
    def f(self):
        return 1


class B(A):
    def f(self):
        def inner():
            return super().f()

        return inner()
