def fib(n: int) -> int:
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def depth(tree):
    return 1 + max((depth(t) for t in tree), default=0) if isinstance(tree, list) else 0


print(fib(15), depth([1, [2, [3]]]))
