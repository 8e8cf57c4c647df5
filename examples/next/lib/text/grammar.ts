// The text that the character model learns: sentences of a small grammar, the same ones in every process.

const WORDS = {
  adjective: 'quiet patient careful gentle bright'.split(' '),
  person: 'baker gardener painter farmer sailor'.split(' '),
  verb: 'folds mends paints carries finds'.split(' '),
  thing: 'lanterns letters baskets mirrors kites'.split(' '),
  when: ['before the rain', 'after the harvest', 'in the morning', 'at the harbour'],
  join: ['and then', 'while the city', 'because the river'],
  ending: ['sleeps', 'sings', 'waits'],
};

/** Random numbers from 0 to 1 that repeat: mulberry32. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A text of that many sentences. */
export function writeSentences(count: number, seed = 1): string {
  const random = randomNumbers(seed);
  const pick = (words: string[]) => words[Math.floor(random() * words.length)]!;
  const sentence = () => {
    const start = `the ${pick(WORDS.adjective)} ${pick(WORDS.person)} ${pick(WORDS.verb)} the ${pick(WORDS.thing)}`;
    const place = ` ${pick(WORDS.when)}`;
    const join = pick(WORDS.join);
    if (random() < 0.5) return `${start}${place}.`;
    if (join === 'and then')
      return `${start}${place}, ${join} the ${pick(WORDS.person)} ${pick(WORDS.ending)}.`;
    return `${start}${place}, ${join} ${pick(WORDS.ending)}.`;
  };
  return Array.from({ length: count }, sentence).join('\n');
}
