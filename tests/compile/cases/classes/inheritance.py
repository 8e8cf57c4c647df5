class Base:
    def __init__(self, n):
        self.n = n

    def name(self):
        return "base"

    def describe(self):
        return f"{self.name()} {self.n}"


class Derived(Base):
    def __init__(self, n, extra=None):
        super().__init__(n * 2)
        self.extra = extra

    def name(self):
        return "derived of " + super().name()


d = Derived(2, extra="e")
print(d.describe(), d.extra, isinstance(d, Base), issubclass(Derived, Base), type(d).__name__, type(d) is Derived)
