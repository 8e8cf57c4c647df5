def steps():
    out = []
    for i in range(4):
        out.append(i)
        i += 10
        out.append(i)
    return out


print(steps())
