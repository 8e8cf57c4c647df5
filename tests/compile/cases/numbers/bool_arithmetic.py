print(True + True, sum([True, False, True]), True == 1, False == 0, int(True), True * 3)
