def halves(n: int, m: int):
    return n // m, n % m, -n // m, -n % m


print(halves(7, 2), halves(7, -2), halves(-7, -2))
print(7.5 // 2, -7.5 // 2, 7.5 % -2, -7 % 3.5)
