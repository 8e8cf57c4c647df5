import * as py from 'mlx/python';
export const x = 3.14159;
py.print(`${py.format(py.as_float(x), '.2f')}|${py.format(py.as_float(x), '8.3f')}|${py.format(py.as_float(x), '<8.1f')}|${py.format(py.as_float(x), '>8.1f')}|${py.format(py.as_float(x), '^9.2f')}|${py.format(py.as_float(x), '+.1f')}|${py.format(py.as_float(x), 'e')}|${py.format(py.as_float(x), '.3e')}|${py.format(py.as_float(x), 'g')}|${py.format(py.as_float(x), '%')}|${py.format(py.as_float(x), '.0f')}`);
py.print(`${py.format(42, '5d')}|${py.format(42, '<5')}|${py.format(42, '05d')}|${py.format(42, 'x')}|${py.format(42, '#x')}|${py.format(42, 'b')}|${py.format(1234567, ',')}|${py.format(1234567, '_')}|${py.format(-42, '+d')}`);
py.print(`${py.format('ab', '>5')}|${py.format('ab', '<5')}|${py.format('ab', '^5')}|${py.format('ab', '*^6')}|${py.format('abcdef', '.3')}`);
//# sourceMappingURL=fstring_formats.js.map
