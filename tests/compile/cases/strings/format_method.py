print("{} {}".format(1, "a"), "{1} {0}".format("x", "y"), "{name}: {v:.1f}".format(name="n", v=2.25))
