/**
 * Bundles js/ into build/npm/mlx: index.cjs with what every program needs, packages.cjs with what is loaded on first
 * use (mlx.nn and the like), core.cjs with what both share. Writes index.mjs and the sub-paths, which re-export by
 * name, and bundles the command js/launch/main.ts into bin/node-mlx.mjs.
 *
 * All code is in CommonJS files: `require` and `import` then share one instance, one Array class and one native
 * module. Lists of names come from esbuild, so nothing has to be loaded here.
 */
import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, relative, resolve } from 'node:path';
import { build, transform } from 'esbuild';

const OUT = 'build/npm/mlx';
/**
 * `import core from './core?plain'`: the module's exports as a plain object. Written out, it needs none of the getters
 * of a namespace, whose compilation takes milliseconds.
 */
const plainModules = {
  name: 'plain',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\?plain$/ }, ({ path, resolveDir }) => ({
      path: resolve(resolveDir, `${path.slice(0, -'?plain'.length)}.ts`),
      namespace: 'plain',
    }));
    onLoad({ filter: /./, namespace: 'plain' }, async ({ path }) => {
      const { module: names } = await exportsOf({ module: path });
      // Some, as `eval`, are no names for a variable.
      const imports = names.map((name, i) => `${name} as _${i}`).join(', ');
      const items = names.map((name, i) => `${name}: _${i}`).join(', ');
      const contents = `import { ${imports} } from '${path}';\nexport default { ${items} };`;
      return { contents, resolveDir: dirname(path) };
    });
  },
};

const options = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  external: ['@node-mlx/*'],
  plugins: [plainModules],
  logLevel: 'warning',
};

/** The names that each entry exports, by its name in the package. */
async function exportsOf(entryPoints) {
  const { metafile } = await build({
    ...options,
    entryPoints,
    format: 'esm',
    outdir: 'names',
    write: false,
    metafile: true,
  });
  return Object.fromEntries(
    Object.entries(metafile.outputs).map(([file, { exports }]) => [
      file.slice('names/'.length, -'.js'.length),
      exports.filter((name) => name !== 'default'),
    ]),
  );
}

const compiled = readdirSync('build/compile', { recursive: true })
  .filter((file) => file.endsWith('.js') && file !== 'modules.js')
  .map((file) => ({ in: `build/compile/${file}`, out: file.slice(0, -'.js'.length) }));
const parts = await exportsOf([
  ...compiled,
  { in: 'js/python/index.ts', out: 'python' },
  { in: 'js/react/server.ts', out: 'react/server' },
]);
const packageNames = {
  nn: parts['nn/index'],
  optimizers: parts['optimizers/index'],
  utils: parts.utils,
};

// esbuild splits ES modules only: what it split is then made CommonJS, file by file.
const { outputFiles } = await build({
  ...options,
  entryPoints: { index: 'js/namespace.ts', packages: 'js/packages.ts' },
  format: 'esm',
  splitting: true,
  chunkNames: 'core',
  outExtension: { '.js': '.cjs' },
  outdir: OUT,
  sourcemap: 'inline',
  define: { PACKAGE_NAMES: JSON.stringify(packageNames) },
  write: false,
});
// require('mlx') is the namespace itself; its hidden `default` serves code that TypeScript or a bundler
// compiled from `import mlx from 'mlx'`.
const footer = [
  'module.exports = Object.defineProperties(module.exports.default, {',
  '  __esModule: { value: true },',
  '  default: { value: module.exports.default },',
  '});',
].join('\n');
mkdirSync(OUT, { recursive: true });
for (const { path, text } of outputFiles) {
  const name = basename(path);
  const { code, map } = await transform(text, {
    format: 'cjs',
    target: options.target,
    define: { requireSibling: 'require' },
    sourcemap: 'external',
    sourcefile: name,
    // What ES modules are and CommonJS is not; sloppy functions also pay for a live `arguments`.
    banner: '"use strict";',
    ...(name === 'index.cjs' && { footer }),
  });
  writeFileSync(`${OUT}/${name}`, `${code}//# sourceMappingURL=${name}.map\n`);
  writeFileSync(`${OUT}/${name}.map`, map);
}

const { index: names } = await exportsOf({ index: 'js/index.ts' });
// Not `import mlx from`: Node would scan the whole bundle for names, which doubles the time it takes to load.
const requireBundle = (path) => [
  "import { createRequire } from 'node:module';",
  '',
  `const mlx = createRequire(import.meta.url)('${path}');`,
];
const lines = [
  ...requireBundle('./index.cjs'),
  'export default mlx;',
  ...names.map((name) => `export const ${name} = mlx.${name};`),
];
writeFileSync(`${OUT}/index.mjs`, `${lines.join('\n')}\n`);

// Sub-paths (mlx/nn, mlx/python, …): each hands out one of the modules in packages.cjs, so they share its instance.
for (const [stem, names] of Object.entries(parts)) {
  const target = `${OUT}/${stem}`;
  const index = `${relative(dirname(stem), '.') || '.'}/index.cjs`;
  const found = `[Symbol.for('mlx.modules')]['${stem.replace(/\/index$/, '')}']`;
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(`${target}.cjs`, `module.exports = require('${index}')${found};\n`);
  const lines = names.map((name) => `export const ${name} = part.${name};`);
  writeFileSync(
    `${target}.mjs`,
    [...requireBundle(index), `const part = mlx${found};`, ...lines, ''].join('\n'),
  );
}

// Sub-paths of their own: what runs in a browser or while a site is built must not load the addon.
for (const [entry, external, platform] of [
  ['react/client', ['react'], 'browser'],
  ['next/index', [], 'node'],
]) {
  for (const [format, ending] of [
    ['esm', 'mjs'],
    ['cjs', 'cjs'],
  ]) {
    await build({
      ...options,
      entryPoints: [`js/${entry}.ts`],
      platform,
      external,
      format,
      outfile: `${OUT}/${entry}.${ending}`,
      // A module of a package finds its place by import.meta.url, a CommonJS file by __filename.
      ...(format === 'esm' &&
        platform === 'node' && {
          define: { __filename: 'modulePath' },
          banner: {
            js: "import { fileURLToPath } from 'node:url';\nconst modulePath = fileURLToPath(import.meta.url);",
          },
        }),
    });
  }
}

const COMMAND = `${OUT}/bin/node-mlx.mjs`;
await build({
  ...options,
  entryPoints: ['js/launch/main.ts'],
  format: 'esm',
  outfile: COMMAND,
  banner: {
    js: [
      '#!/usr/bin/env node',
      "import { createRequire } from 'node:module';",
      'const require = createRequire(import.meta.url);',
    ].join('\n'),
  },
  // The command's own copy of what mlx is made of would load the native part twice.
  external: [...options.external, '../index.cjs'],
});
chmodSync(COMMAND, 0o755);
