class A(metaclass=B):
    def f(self):
        eval("1")
        return unknown
