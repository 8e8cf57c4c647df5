class A:
    def __init__(self):
        self.made = True

    @classmethod
    def bare(cls):
        a = cls.__new__(cls)
        a.made = False
        return a


print(A().made, A.bare().made)
