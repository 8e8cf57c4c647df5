class Base:
    def __init__(self):
        print("base sees", self.early)


class Late(Base):
    def __init__(self):
        self.early = "set before"
        super().__init__()


Late()
