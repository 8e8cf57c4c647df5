def grade(score: int) -> str:
    return "A" if score > 90 else "B" if score > 80 else "C"


print(grade(95), grade(85), grade(1), True and not False, (1 == 1) != (2 == 3))
