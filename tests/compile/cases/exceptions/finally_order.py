def f():
    try:
        print("body")
        return "returned"
    finally:
        print("finally")


print(f())
