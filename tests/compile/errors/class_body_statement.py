class A:
    for i in range(3):
        print(i)
    a, b = 1, 2
