try:
    import no_such_module_anywhere
except ImportError:
    no_such_module_anywhere = None


def use():
    return "missing" if no_such_module_anywhere is None else "there"


print("ok")
