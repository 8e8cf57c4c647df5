class Named:
    def __init__(self):
        super().__init__()
        self.named = True

    def name(self):
        return type(self).__name__.lower()


class Base:
    def __init__(self):
        super().__init__()
        self.base = True

    def name(self):
        return "base"


class Both(Named, Base):
    def __init__(self):
        super().__init__()


b = Both()
print(b.name(), b.named, b.base, isinstance(b, Named), isinstance(b, Base))
