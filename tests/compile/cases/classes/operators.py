class Vector:
    def __init__(self, *values):
        self.values = list(values)

    def __add__(self, other):
        return Vector(*[a + b for a, b in zip(self.values, other.values)])

    def __mul__(self, k):
        return Vector(*[a * k for a in self.values])

    def __rmul__(self, k):
        return self * k

    def __neg__(self):
        return self * -1

    def __len__(self):
        return len(self.values)

    def __getitem__(self, i):
        return self.values[i]

    def __setitem__(self, i, value):
        self.values[i] = value

    def __contains__(self, x):
        return x in self.values

    def __lt__(self, other):
        return len(self) < len(other)

    def __str__(self):
        return f"<{', '.join(map(str, self.values))}>"


v = Vector(1, 2) + Vector(3, 4)
v[0] = 10
print(v, v * 2, 3 * v, -v, len(v), v[1], 6 in v, [x for x in v], v < Vector(1, 2, 3), bool(Vector()))
