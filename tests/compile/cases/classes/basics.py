class Point:
    """A point."""

    dims = 2

    def __init__(self, x, y=0):
        self.x = x
        self.y = y

    def moved(self, dx=0, dy=0):
        return Point(self.x + dx, self.y + dy)

    def __repr__(self):
        return f"Point({self.x}, {self.y})"

    def __eq__(self, other):
        return isinstance(other, Point) and (self.x, self.y) == (other.x, other.y)


p = Point(1)
print(p, p.moved(dy=3), p == Point(1, 0), p != Point(2), Point.dims, p.dims, [p], Point(y=5, x=4))
