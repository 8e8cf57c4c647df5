def counter():
    n = 0

    def increment(by=1):
        nonlocal n
        n += by
        return n

    return increment


a, b = counter(), counter()
print(a(), a(5), b(), a(by=2))
