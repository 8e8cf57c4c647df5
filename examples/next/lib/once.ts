// One value per server process: models and counters outlive a module, which development servers load again and again.

const store: Record<symbol, unknown> = globalThis as never;

/** The process's value of that name, made on first use. */
export function once<T>(name: string, make: () => T): T {
  const key = Symbol.for(`node-mlx-example.${name}`);
  store[key] ??= make();
  return store[key] as T;
}
