def f(x):
    try:
        value = int(x)
    except ValueError:
        print("bad", x)
    else:
        print("good", value)
    finally:
        print("end")


f("1")
f("x")
