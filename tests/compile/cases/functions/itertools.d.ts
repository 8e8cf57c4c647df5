export { accumulate } from './itertools.js';

export { chain } from './itertools.js';

export { islice } from './itertools.js';

export { product } from './itertools.js';

export { zip_longest } from './itertools.js';
export {};
