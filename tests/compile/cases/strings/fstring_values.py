print(f"{None} {True} {[1, 'a', None]} {(1,)} {{'k': 1.5}} {1e-7} {b'x'}")
print(f"{ {'k': [1, 2]} } {'quote'!r} {'it''s'!r}")
