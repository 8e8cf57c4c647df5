class A:
    x = 1


a = A()
print(hasattr(a, "x"), hasattr(a, "y"), getattr(a, "y", "none"), getattr(a, "x"))
try:
    getattr(a, "y")
except AttributeError:
    print("AttributeError")
setattr(a, "y", 5)
print(a.y)
del a.y
print(hasattr(a, "y"))
