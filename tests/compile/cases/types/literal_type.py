from typing import Literal, get_args

Mode = Literal["a", "b"]


def check(mode: Mode = "a"):
    return mode in get_args(Mode)


print(check("a"), check("z"))
