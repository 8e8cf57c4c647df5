def f(text):
    eval(text)
    exec(text)
    print(locals(), dir(text))
    with open(text) as file:
        return file
