for error in [KeyError("k"), IndexError("i"), NotImplementedError("n"), ZeroDivisionError("z"), OverflowError("o")]:
    try:
        raise error
    except LookupError:
        print("lookup")
    except ArithmeticError:
        print("arithmetic")
    except RuntimeError:
        print("runtime")
