text = """first
second "quoted" `tick` ${dollar}
"""
print(text, end="")
