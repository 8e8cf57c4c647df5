print(round(2.5), round(3.5), round(-2.5), round(2.675, 2), round(1.25, 1), round(1234, -2))
print(int(3.9), int(-3.9), int("42"), float("1e3"), abs(-3), abs(-2.5))
