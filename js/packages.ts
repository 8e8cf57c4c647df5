// What is loaded on first use: the packages compiled from Python, what they need to run, and mlx/react.
import './namespace'; // which is then in the file that both share, and needs no getters for its names
import { modules as compiled } from '#compile/modules.js';
import * as python from './python';
import * as react from './react/server';

/** A bundler renames what would collide; the name of a class or function is what users see, in repr for one. */
function restoreNames(exports: object): void {
  for (const [name, value] of Object.entries(exports)) {
    if (
      typeof value === 'function' &&
      value.name !== name &&
      value.name.replace(/^_|\d+$/g, '') === name.replace(/\d+$/, '')
    ) {
      Object.defineProperty(value, 'name', { value: name, configurable: true });
    }
  }
}

Object.values(compiled).forEach(restoreNames);

/** Modules by what follows `mlx/` in a program that imports them. */
export const modules: Record<string, object> = { ...compiled, python, 'react/server': react };
