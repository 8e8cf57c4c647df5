async def f(xs):
    async for x in xs:
        print(x)
    async with xs as y:
        print(y)


def g(x):
    match x:
        case 1:
            return "one"
