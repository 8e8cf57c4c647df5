print("a" in "abc", "z" not in "abc", "" in "abc", "bc" in "abcd")
