import copy
import json
import os
import re
import textwrap

print(re.sub(r"\d+", "#", "a1b22"), re.match(r"(?P<k>\w+)=(\d+)", "x=12").group("k", 2), re.findall(r"\w", "a b"))
print(re.fullmatch(r"a+", "aaa") is not None, re.compile("b").search("abc").start(), re.split(",", "a,b"))
print(json.dumps({"a": [1, None, True]}), textwrap.indent("x\ny", "  "), os.path.join("a", "b"))
print(copy.copy([1, [2]]), os.environ.get("NO_SUCH_VARIABLE", "unset"))
