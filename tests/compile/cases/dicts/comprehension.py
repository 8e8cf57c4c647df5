squares = {n: n * n for n in range(4)}
named = {k: len(k) for k in ("a", "bb") if k != "c"}
swapped = {v: k for k, v in named.items()}
print(squares, named, swapped)
