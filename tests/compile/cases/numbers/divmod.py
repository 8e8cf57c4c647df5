print(divmod(7, 2), divmod(-7, 2), divmod(7, -2))
q, r = divmod(17, 5)
print(q, r)
