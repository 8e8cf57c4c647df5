/**
 * A 5 × 7 pixel font, so that the picture needs no font on the machine. Only the characters it uses.
 *
 * One line per character: its rows from the top. Two more rows hang below the line, as in g and p.
 */
const DRAWINGS = `
0 .###. #...# #..## #.#.# ##..# #...# .###.
1 ..#.. .##.. ..#.. ..#.. ..#.. ..#.. .###.
2 .###. #...# ....# ..##. .#... #.... #####
3 .###. #...# ....# ..##. ....# #...# .###.
4 ...#. ..##. .#.#. #..#. ##### ...#. ...#.
5 ##### #.... ####. ....# ....# #...# .###.
6 .###. #.... #.... ####. #...# #...# .###.
7 ##### ....# ...#. ..#.. .#... .#... .#...
8 .###. #...# #...# .###. #...# #...# .###.
9 .###. #...# #...# .#### ....# ....# .###.
. ..... ..... ..... ..... ..... .##.. .##..
% ##..# ##..# ...#. ..#.. .#... #..## #..##
d ....# ....# .#### #...# #...# #...# .####
e ..... ..... .###. #...# ##### #.... .###.
f ..##. .#... ####. .#... .#... .#... .#...
g ..... ..... .#### #...# #...# #...# .#### ....# .###.
h #.... #.... ####. #...# #...# #...# #...#
i ..#.. ..... .##.. ..#.. ..#.. ..#.. .###.
l .##.. ..#.. ..#.. ..#.. ..#.. ..#.. .###.
n ..... ..... ####. #...# #...# #...# #...#
o ..... ..... .###. #...# #...# #...# .###.
p ..... ..... ####. #...# #...# #...# ####. #.... #....
r ..... ..... #.##. ##... #.... #.... #....
s ..... ..... .#### #.... .###. ....# ####.
t .#... .#... ####. .#... .#... .#... ..##.
M #...# ##.## #.#.# #.#.# #...# #...# #...#
L #.... #.... #.... #.... #.... #.... #####
X #...# #...# .#.#. ..#.. .#.#. #...# #...#
N #...# ##..# #.#.# #..## #...# #...# #...#
`;

const GLYPHS = new Map(
  DRAWINGS.trim()
    .split('\n')
    .map((line) => [line[0], line.slice(2).split(' ')]),
);
GLYPHS.set(' ', ['..']);

/** Width of a text in font pixels, with one pixel between characters. */
export function textWidth(text) {
  return [...text].reduce((width, character) => width + glyphOf(character)[0].length + 1, -1);
}

/** Calls `dot(column, row)` for every pixel of the text that is set. */
export function eachDot(text, dot) {
  let left = 0;
  for (const character of text) {
    const glyph = glyphOf(character);
    glyph.forEach((row, y) => {
      for (let x = 0; x < row.length; x++) if (row[x] === '#') dot(left + x, y);
    });
    left += glyph[0].length + 1;
  }
}

function glyphOf(character) {
  const glyph = GLYPHS.get(character);
  if (!glyph) throw new RangeError(`The font has no '${character}'.`);
  return glyph;
}
