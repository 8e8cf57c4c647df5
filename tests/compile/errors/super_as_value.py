class A:
    def f(self):
        parent = super()
        return parent
