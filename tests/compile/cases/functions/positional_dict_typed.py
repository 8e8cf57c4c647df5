from typing import Any, Dict, List, Optional, Tuple, Union


def flatten(
    tree: Any, prefix: str = "", into: Optional[Union[List[Tuple[str, Any]], Dict[str, Any]]] = None
):
    if into is None:
        into = {}
    if isinstance(tree, dict):
        for key, value in tree.items():
            flatten(value, f"{prefix}.{key}", into)
        return into
    into.update([(prefix[1:], tree)])
    return into


print(flatten({"a": {"b": 1, "into": 2}, "prefix": 3}), flatten({"tree": 1}, into={"x": 0}))
