seen = set()
for pair in [(1, 2), (2, 1), (1, 2)]:
    seen.add(pair)
print(len(seen), (2, 1) in seen, (9, 9) in seen)
