n = 10
n += 5
n -= 1
n *= 3
n //= 4
n **= 2
n %= 7
print(n)
x = 7.0
x /= 2
print(x)
