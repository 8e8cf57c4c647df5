class Names(list):
    pass


class Count(int):
    pass
