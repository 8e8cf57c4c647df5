class ModelError(ValueError):
    pass


class Coded(Exception):
    def __init__(self, code, message="none"):
        super().__init__(f"{code}: {message}")
        self.code = code


try:
    raise ModelError("broken")
except ValueError as e:
    print(type(e).__name__, e, isinstance(e, ModelError))
try:
    raise Coded(7, message="seven")
except Exception as e:
    print(e.code, e)
