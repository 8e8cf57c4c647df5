"""Kinds of arguments: how each crosses from JavaScript to C++, as a table.

A row says, for a parameter in register `k`: how the JavaScript glue converts the value (a function of
js/arguments.ts), how it stores it, how the C++ glue reads it, and the TypeScript type.
    int    $.int(axis, SORT, 'axis')    $.ints[2] = axis    call.integer(1)    number | bigint
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """How a kind crosses.

    `convert`: the converter's name, with extra arguments in parentheses. `store`: a statement in which `@k`
    is the register's first int, `@` its number and `$v` the value. `read`: a C++ expression in which `@` is
    the register's number, or the value's position for kinds that travel as JavaScript values.
    """

    convert: str
    store: str | None
    read: str
    typescript: str
    by_reference: bool = False

    @property
    def travels_as_value(self) -> bool:
        return self.store is None


_INT = "number | bigint"
_INTS = f"readonly ({_INT})[] | Int32Array"
_OPERAND = "Operand"

KINDS: dict[str, Kind] = {
    # arrays
    "array": Kind("array", "$.ints[@k] = $v;", "call.array(@)", "array", by_reference=True),
    "maybe_array": Kind("maybeArray", "$.ints[@k] = $v;", "call.maybe_array(@)", "array | null"),
    "arrays": Kind("arrayList", "$.ints[@k] = $v;", "call.arrays(@)", "readonly array[]"),
    "operand": Kind("operand", "$.putOperand(@, $v);", "call.operand(@)", _OPERAND, by_reference=True),
    "maybe_operand": Kind(
        "maybeOperand", "$.putOperand(@, $v);", "call.maybe_operand(@)", f"{_OPERAND} | null"
    ),
    "random_key": Kind("maybeArray", "$.ints[@k] = $v;", "call.random_key(@)", "array | null"),
    "variadic_arrays": Kind("variadicArrays", "$.ints[@k] = $v;", "call.arrays(@)", "array"),
    "variadic_ints": Kind("variadicInts", "$.ints[@k] = $v;", "call.maybe_shape(@)", f"{_INT} | {_INTS}"),
    # numbers
    "int": Kind("int", "$.ints[@k] = $v;", "call.integer(@)", _INT),
    "maybe_int": Kind("maybeInt", "$.putMaybeInt(@, $v);", "call.maybe_integer(@)", f"{_INT} | null"),
    "unsigned": Kind(
        "wideInt(true)", "$.putWideInt(@, $v);", "static_cast<uint64_t>(call.wide_integer(@))", _INT
    ),
    "real": Kind("real", "$.doubles[@k] = $v;", "call.real(@)", "Real"),
    "maybe_real": Kind("maybeReal", "$.putMaybeReal(@, $v);", "call.maybe_real(@)", "Real | null"),
    "bool": Kind("bool", "$.ints[@k] = $v;", "call.boolean(@)", "boolean"),
    "maybe_bool": Kind("maybeBool", "$.putMaybeInt(@, $v);", "call.maybe_boolean(@)", "boolean | null"),
    "number": Kind("number", "$.putOperand(@, $v);", "call.number(@)", "Scalar"),
    "maybe_number": Kind("maybeNumber", "$.putOperand(@, $v);", "call.maybe_number(@)", "Scalar | null"),
    # text
    "string": Kind("string", None, "call.string(@)", "string"),
    # types, devices
    "dtype": Kind("dtype", "$.ints[@k] = $v;", "call.dtype(@)", "Dtype"),
    "maybe_dtype": Kind("maybeDtype", "$.ints[@k] = $v;", "call.maybe_dtype(@)", "Dtype | null"),
    "stream": Kind("streamOrDevice", "$.putStream(@, $v);", "call.stream(@)", "StreamOrDevice"),
    "given_stream": Kind("givenStream", "$.putStream(@, $v);", "call.given_stream(@)", "Stream"),
    "device": Kind("device", "$.putStream(@, $v);", "call.device(@)", "Device | DeviceType"),
    "group": Kind("group", "$.ints[@k] = $v;", "group_of(call, @)", "Group | null"),
    "device_type": Kind("deviceType", "$.putStream(@, $v);", "call.device(@).type", "DeviceType"),
    # lists
    "ints": Kind("intList", "$.ints[@k] = $v;", "call.list(@)", _INTS),
    "maybe_ints": Kind("maybeIntList", "$.ints[@k] = $v;", "call.maybe_list(@)", f"{_INTS} | null"),
    "shape": Kind("shapeList", "$.ints[@k] = $v;", "call.shape(@)", _INTS),
    "maybe_shape": Kind("maybeShapeList", "$.ints[@k] = $v;", "call.maybe_shape(@)", f"{_INTS} | null"),
    "int_or_shape": Kind("intOrShape", "$.ints[@k] = $v;", "call.shape(@)", f"{_INT} | {_INTS}"),
    "axes": Kind("maybeIntOrList", "$.ints[@k] = $v;", "call.maybe_list(@)", f"{_INT} | {_INTS} | null"),
    "axis_or_axes": Kind(
        "maybeIntOrInts", "$.putIntOrInts(@, $v);", "call.maybe_list(@)", f"{_INT} | {_INTS} | null"
    ),
    "given_axes": Kind("intOrList", "$.ints[@k] = $v;", "call.list(@)", f"{_INT} | {_INTS}"),
    "strides": Kind("maybeWideList", "$.ints[@k] = $v;", "call.maybe_strides(@)", f"{_INTS} | null"),
    "int_or_ints": Kind("intOrInts", "$.putIntOrInts(@, $v);", "call.list(@)", f"{_INT} | {_INTS}"),
    "pair": Kind("spatial(2)", "$.putIntOrInts(@, $v);", "call.pair(@)", f"{_INT} | {_INTS}"),
    "triple": Kind("spatial(3)", "$.putIntOrInts(@, $v);", "call.triple(@)", f"{_INT} | {_INTS}"),
    "int_or_array": Kind(
        "intOrArray", "$.putIntOrArray(@, $v);", "call.maybe_index_array(@)", f"{_INT} | array"
    ),
    "lists": Kind("lists", "$.putLists(@, $v);", "call.lists(@)", f"{_INT} | readonly ({_INT} | {_INTS})[]"),
    "array_or_string": Kind("arrayOrString", None, "call.array_or_string(@)", "array | string | null"),
    "number_or_string": Kind("numberOrString", None, "call.number_or_string(@)", "Real | string | null"),
}
