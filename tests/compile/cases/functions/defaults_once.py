def append(x, to=[]):
    to.append(x)
    return to


print(append(1), append(2), append(3, []))
