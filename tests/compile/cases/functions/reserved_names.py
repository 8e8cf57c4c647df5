def function(default, var=1, new=2):
    typeof = default + var
    delete = [new for new in range(new)]
    return typeof, delete


print(function(1), function(default=2, var=3, new=1))
