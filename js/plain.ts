// Modules as plain objects, as `mlx.core` and `mlx.nn` are handed out.

/** A plain object of a module's exports, submodules included. */
export function plain<T extends object>(module: T): T {
  const entries = Object.entries(module).map(([key, value]) => [key, isModule(value) ? plain(value) : value]);
  // Assigned one by one, hundreds of keys would become a hash table, which V8 looks up slowly.
  return Object.fromEntries(entries) as T;
}

/** Makes the submodules in a plain object plain objects. Returns it. */
export function withPlainModules<T extends object>(module: T): T {
  for (const [key, value] of Object.entries(module)) {
    if (isModule(value)) module[key as keyof T] = plain(value) as T[keyof T];
  }
  return module;
}

/** A namespace that the bundler made has getters only. */
function isModule(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const descriptors = Object.values(Object.getOwnPropertyDescriptors(value));
  return descriptors.length > 0 && descriptors.every((descriptor) => descriptor.get !== undefined);
}

/**
 * The plain object of a module that is loaded when one of its names is first used. `names` are the names it has.
 */
export function lazy<T extends object>(names: string[], load: () => T): T {
  const out = {} as T;
  const fill = (): void => {
    for (const [name, value] of Object.entries(plain(load()))) {
      Object.defineProperty(out, name, { value, enumerable: true, configurable: true, writable: true });
    }
  };
  for (const name of names) {
    Object.defineProperty(out, name, {
      get() {
        fill();
        return out[name as keyof T];
      },
      set(value) {
        fill();
        out[name as keyof T] = value;
      },
      enumerable: true,
      configurable: true,
    });
  }
  return out;
}
