from functools import cached_property


class A:
    count = 0

    @cached_property
    def value(self):
        A.count += 1
        return A.count


a = A()
print(a.value, a.value, A().value)
