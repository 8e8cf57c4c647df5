class A:
    def __init__(self):
        self.log = []

    def run(self, xs):
        def visit(x, depth=0):
            self.log.append((x, depth))
            if depth < 1:
                visit(x, depth + 1)

        for x in xs:
            visit(x)
        return [y for y in (self.scale(z) for z, _ in self.log)]

    def scale(self, x):
        return x * 2


print(A().run([1, 2]))
