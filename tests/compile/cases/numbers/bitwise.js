import * as py from 'mlx/python';
export const flags = 10;
py.print(
  py.and_(flags, 6),
  py.or_(flags, 5),
  py.xor(flags, 3),
  py.invert(flags),
  py.lshift(flags, 3),
  py.rshift(flags, 1),
);
py.print(
  1099511627776,
  py.and_(4294967295, 1034834473200),
  py.and_(true, false),
  py.or_(true, false),
);
//# sourceMappingURL=bitwise.js.map
