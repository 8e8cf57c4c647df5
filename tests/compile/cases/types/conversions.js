import * as py from 'mlx/python';
py.print(
  py.int('12'),
  py.int('-0x1f', 16),
  py.as_float(py.float('2.5')),
  String(12),
  [...'ab'],
  py.Tuple.of(1),
  py.set([1, 1]),
  py.dict([py.Tuple.of('a', 1)]),
);
py.print(!(!'False'), py.chr(65), py.ord('a'), py.hex(255), py.bin(5), py.repr('x'));
//# sourceMappingURL=conversions.js.map
