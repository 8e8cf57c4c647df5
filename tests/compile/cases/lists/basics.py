xs = [3, 1, 2]
xs.append(4)
xs.extend([5, 6])
xs.insert(0, 0)
print(xs, len(xs), xs[0], xs[-1], xs.pop(), xs.pop(0), xs.index(2), xs.count(1))
xs.remove(3)
xs.reverse()
print(xs, sorted(xs), sorted(xs, reverse=True))
