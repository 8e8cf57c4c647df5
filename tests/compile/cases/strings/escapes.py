print("tab\tquote'\"", "back\\slash", "new\\n", r"raw\n", "unicode: é ☃")
print(repr("a'b"), repr('a"b'), repr("a\nb"), repr("\x01"))
