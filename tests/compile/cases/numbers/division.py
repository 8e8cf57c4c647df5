def ratio(a: int, b: int) -> float:
    return a / b


print(ratio(1, 4), ratio(3, 3) > 0.5, 2 / 3)
