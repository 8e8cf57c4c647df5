class Cache:
    step = 256
    names = []

    def grow(self):
        self.step *= 2
        self.names.append(self.step)
        return self.step


a, b = Cache(), Cache()
print(a.grow(), b.step, Cache.step, b.names, a.grow())
Cache.step = 1
print(b.step, a.step)
