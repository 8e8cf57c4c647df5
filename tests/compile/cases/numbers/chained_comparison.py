def inside(x: float, low: float, high: float) -> bool:
    return low <= x < high


print(inside(1, 0, 1), inside(0.5, 0, 1), 1 < 2 < 3 > 2, 3 > 2 > 2)
