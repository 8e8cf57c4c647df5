def maybe(flag):
    if flag:
        return 1


def nothing():
    pass


print(maybe(True), maybe(False), nothing(), maybe(False) is None)
