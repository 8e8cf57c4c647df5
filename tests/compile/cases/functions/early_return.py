def sign(x: int) -> str:
    if x < 0:
        return "negative"
    elif x == 0:
        return "zero"
    else:
        return "positive"


print(sign(-1), sign(0), sign(5))
