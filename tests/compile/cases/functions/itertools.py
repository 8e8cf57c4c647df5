from itertools import accumulate, chain, islice, product, zip_longest

print(list(accumulate([1, 2, 3])), list(chain([1], [2, 3])), list(product([1, 2], "ab")))
print(list(zip_longest([1, 2], [3])), list(islice(range(100), 2, 8, 3)), list(chain.from_iterable([[1], [2]])))
