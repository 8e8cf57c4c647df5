flags = 0b1010
print(flags & 6, flags | 5, flags ^ 3, ~flags, flags << 3, flags >> 1)
print(1 << 40, 0xFFFFFFFF & 0xF0F0F0F0F0, True & False, True | False)
