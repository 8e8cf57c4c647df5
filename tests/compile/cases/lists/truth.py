def describe(xs: list):
    if not xs:
        return "empty"
    return "full" if xs else "never"


print(describe([]), describe([0]), bool([]), bool([[]]))
