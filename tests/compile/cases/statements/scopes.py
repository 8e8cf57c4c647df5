x = "module"


def outer():
    x = "outer"

    def inner():
        return x

    def own():
        x = "own"
        return x

    return inner(), own(), x


print(outer(), x)
