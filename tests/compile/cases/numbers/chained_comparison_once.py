calls = []


def middle():
    calls.append(1)
    return 5


print(1 < middle() < 10, len(calls), 1 < middle() < 2, len(calls))
