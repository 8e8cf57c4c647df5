"""The only place where a Python name becomes a C++ or a JavaScript one.

Input: names as Python MLX declares them. Output: identifiers that the target language accepts.
Names stay as they are wherever they can; a reserved word gets a trailing underscore.
    mlx.core.linalg.norm → native function `linalg_norm`      mlx.core.var → JavaScript identifier `var_`
"""

from __future__ import annotations

_JS_RESERVED = frozenset(
    "arguments await break case catch class const continue debugger default delete do else enum eval "
    "export extends false finally for function if implements import in instanceof interface let new "
    "null package private protected public return static super switch this throw true try typeof "
    "undefined var void while with yield given options out self".split()
)

_CPP_RESERVED = frozenset(
    "alignas and asm auto bool break case catch char class const continue default delete do double else "
    "enum explicit export extern false float for friend goto if inline int long namespace new not "
    "nullptr operator or private protected public register return short signed sizeof static struct "
    "switch template this throw true try typedef typename union unsigned using virtual void volatile "
    "while xor call array std".split()
)

_ROOT = "mlx.core"


def js_identifier(name: str) -> str:
    """A JavaScript identifier for a parameter or a function."""
    return f"{name}_" if name in _JS_RESERVED else name


def cpp_identifier(name: str) -> str:
    """A C++ identifier for a parameter."""
    return f"{name}_" if name in _CPP_RESERVED else name


def native_name(module: str, name: str) -> str:
    """Name of a function in the addon: "mlx.core", "sum" → "core_sum"."""
    return f"{module.rpartition('.')[2]}_{name.strip('_')}"


def cpp_namespace(module: str) -> str:
    """The C++ namespace of a module's functions: "mlx.core.linalg" → "mx::linalg"."""
    return "mx" + module.removeprefix(_ROOT).replace(".", "::")


def short_module(module: str) -> str:
    """ "mlx.core.linalg" → "linalg", "mlx.core" → "core"."""
    return module.rpartition(".")[2]


def qualified(module: str, name: str) -> str:
    """The name that the tables of the bind stage use: "linalg.norm", "sum"."""
    return f"{module}.{name}".removeprefix(f"{_ROOT}.")


# Words that no JavaScript variable of an ES module may have as its name, and globals of generated code.
_JS_WORDS = frozenset(
    "arguments await break case catch class const continue debugger default delete do else enum eval export "
    "extends false finally for function if implements import in instanceof interface let new null package "
    "private protected public return static super switch this throw true try typeof undefined var void while "
    "with yield Array Infinity Map Math NaN Object Set String Symbol Uint8Array console py".split()
)


def js_variable(name: str) -> str:
    """A JavaScript identifier for a variable of compiled Python."""
    return f"{name}_" if name in _JS_WORDS else name
