print("%d %s %.2f %5d|%-5s|%x %%" % (3, "a", 2.5, 42, "b", 255))
print("%s" % "one", "%r" % "two")
