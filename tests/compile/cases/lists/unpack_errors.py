def three(values):
    try:
        a, b, c = values
        return a + b + c
    except ValueError as e:
        return str(e)


print(three([1, 2, 3]), three([1]), three([1, 2, 3, 4]))
