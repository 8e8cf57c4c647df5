class Box:
    def __init__(self):
        self._size = 1

    @property
    def size(self):
        return self._size

    @size.setter
    def size(self, value):
        self._size = max(0, value)


b = Box()
b.size = -5
print(b.size)
b.size += 3
print(b.size)
