import * as py from 'mlx/python';
const GRADE = py.signature('grade(score: int)');

export function grade(score) {
  const named = py.keywords(GRADE, arguments);
  if (named) ({ score } = named);
  return score > 90 ? 'A' : score > 80 ? 'B' : 'C';
}

py.print(grade(95), grade(85), grade(1), true && !false, 1 === 1 !== (2 === 3));
//# sourceMappingURL=ternary_and_boolean.js.map
