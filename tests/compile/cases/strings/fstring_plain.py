name, n = "mlx", 3
print(f"{name} has {n} letters", f"{name!r}", f"{n + 1}", f"{{braces}}")
