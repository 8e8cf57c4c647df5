print(int("12"), int("-0x1f", 16), float("2.5"), str(12), list("ab"), tuple([1]), set([1, 1]), dict([("a", 1)]))
print(bool("False"), chr(65), ord("a"), hex(255), bin(5), repr("x"))
