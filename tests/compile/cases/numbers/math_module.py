import math

print(math.sqrt(2), math.floor(-1.5), math.ceil(1.2), math.pi, math.inf, math.log2(8), math.prod([2, 3, 4]))
print(math.gcd(12, 18), math.isqrt(17), math.comb(5, 2), math.isclose(0.1 + 0.2, 0.3), math.factorial(20))
