pairs = [("a", 1), ("b", 2)]
print({k: v for k, v in pairs}, {v: k for k, v in pairs}, {k for k, _ in pairs} == {"a", "b"})
