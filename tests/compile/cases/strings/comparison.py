print("a" < "b", "abc" == "abc", "a" != "b", "Z" < "a", max("b", "a"))
