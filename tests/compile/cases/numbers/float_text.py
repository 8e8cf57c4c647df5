print(1e-5, 1e16, 123456789.125, 0.1 + 0.2, 1e100, 1.0, -0.0, 1e-4, 2.5e-10)
print(float("inf"), float("-inf"), float("nan"))
