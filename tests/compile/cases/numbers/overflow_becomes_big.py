def grow(n):
    total = 1
    for i in range(1, n):
        total = total * i
    return total


print(grow(10), grow(25))
