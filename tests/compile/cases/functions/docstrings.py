"""The module.

Second paragraph.
"""


def area(width: float, height: float = 1.5) -> float:
    """Area of a rectangle.

    Args:
        width: one side
    """
    # The comment stays.
    return width * height  # and so does this one


print(area(2.5), area(2.5, height=2))
