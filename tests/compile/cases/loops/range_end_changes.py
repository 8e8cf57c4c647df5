def f():
    n = 3
    out = []
    for i in range(n):
        n = 1
        out.append(i)
    return out, n


print(f())
