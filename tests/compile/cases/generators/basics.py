def count(n):
    for i in range(n):
        received = yield i
        if received:
            print("got", received)


print(list(count(3)), sum(count(4)), [x for x in count(2)])
g = count(2)
print(next(g), next(g), next(g, "done"))
