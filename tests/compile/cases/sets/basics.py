s = {1, 2, 3}
s.add(3)
s.add(4)
s.discard(9)
s.remove(1)
print(sorted(s), 2 in s, len(s), s == {2, 3, 4}, set(), bool(set()))
