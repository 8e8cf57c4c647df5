fs = []
for i in range(3):

    def f(x, i=i):
        return x + i

    fs.append(f)
print([f(10) for f in fs])
