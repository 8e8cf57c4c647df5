import math

if math.pi > 3:

    def which():
        return "big"

else:

    def which():
        return "small"


print(which())
