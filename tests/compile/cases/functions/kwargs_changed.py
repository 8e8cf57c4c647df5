def target(**options):
    return sorted(options.items())


def wrapper(**kwargs):
    kwargs["added"] = True
    kwargs.pop("dropped", None)
    return target(**kwargs, more=1)


print(wrapper(a=1, dropped=2), wrapper(), target(**{}))
