n = 5
while n > 0:
    n -= 1
    if n == 3:
        continue
    if n == 1:
        break
    print(n)
else:
    print("never")
