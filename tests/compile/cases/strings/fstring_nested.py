width, digits = 10, 3
print(f"{3.14159:{width}.{digits}f}|{'x':{width}}")
