def half(x: float) -> float:
    return x / 2


print(f"{half(4.0)}", half(3), str(half(8.0)))
scale = 2.0
print(scale, f"{scale}", [1.0, 2.5])
