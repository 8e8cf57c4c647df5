import * as py from 'mlx/python';
py.print(`${py.str(null)} ${py.str(true)} ${py.str([1, 'a', null])} ${py.str(py.Tuple.of(1))} {'k': 1.5} ${py.str(py.as_float(1e-7))} ${py.str(Uint8Array.of(120))}`);
py.print(`${py.str({ k: [1, 2] })} ${py.repr('quote')} ${py.repr('its')}`);
//# sourceMappingURL=fstring_values.js.map
