a = b = [1]
b.append(2)
c = d = 0
c += 1
print(a, c, d)


class Holder:
    pass


h = Holder()
h.x = h.y = y = 7
print(h.x, h.y, y)
