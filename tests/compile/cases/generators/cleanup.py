log = []


def numbers():
    try:
        yield 1
        yield 2
    finally:
        log.append("closed")


for n in numbers():
    break
g = numbers()
next(g)
g.close()
print(list(numbers()), len(log) >= 2)
