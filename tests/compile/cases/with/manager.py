class Manager:
    def __init__(self, name, keeps=False):
        self.name = name
        self.keeps = keeps

    def __enter__(self):
        print("enter", self.name)
        return self.name

    def __exit__(self, kind, value, traceback):
        print("exit", self.name, kind.__name__ if kind else None)
        return self.keeps


with Manager("a") as name:
    print("in", name)
with Manager("b"), Manager("c", keeps=True):
    raise ValueError("kept")
print("after")
try:
    with Manager("d"):
        raise KeyError("through")
except KeyError:
    print("caught")


def early():
    with Manager("e"):
        return "result"


print(early())
