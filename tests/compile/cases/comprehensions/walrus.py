xs = [1, 2, 3, 4]
print([y for x in xs if (y := x * x) > 3], y)
if (n := len(xs)) > 3:
    print(n)
