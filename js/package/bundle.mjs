/**
 * Bundles js/index.ts into build/npm/mlx/index.cjs, writes index.mjs, which re-exports it by name, and bundles the
 * command js/launch/main.ts into bin/node-mlx.mjs.
 *
 * All code is in the CommonJS file: `require` and `import` then share one instance, one Array class and one
 * native module. The list of names for index.mjs comes from esbuild, so nothing has to be loaded here.
 */
import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { build } from 'esbuild';

const OUT = 'build/npm/mlx';
const options = {
  entryPoints: ['js/index.ts'],
  bundle: true,
  platform: 'node',
  target: 'node20',
  external: ['@node-mlx/*'],
  logLevel: 'warning',
};

// require('mlx') is the namespace itself; its hidden `default` serves code that TypeScript or a bundler
// compiled from `import mlx from 'mlx'`.
const footer = [
  'module.exports = Object.defineProperties(module.exports.default, {',
  '  __esModule: { value: true },',
  '  default: { value: module.exports.default },',
  '});',
].join('\n');

await build({
  ...options,
  format: 'cjs',
  outfile: `${OUT}/index.cjs`,
  sourcemap: true,
  footer: { js: footer },
});

const { metafile } = await build({
  ...options,
  format: 'esm',
  outfile: 'names.mjs',
  write: false,
  metafile: true,
});
const names = metafile.outputs['names.mjs'].exports.filter((name) => name !== 'default');
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

// Sub-paths (mlx/nn, mlx/python, …): each hands out one of the modules in index.cjs, so they share its instance.
const sources = readdirSync('build/compile', { recursive: true })
  .filter((file) => file.endsWith('.js') && file !== 'modules.js')
  .map((file) => ({ in: `build/compile/${file}`, out: file.slice(0, -'.js'.length) }));
const { metafile: parts } = await build({
  ...options,
  entryPoints: [
    ...sources,
    { in: 'js/python/index.ts', out: 'python' },
    { in: 'js/react/server.ts', out: 'react/server' },
  ],
  format: 'esm',
  outdir: 'parts',
  write: false,
  metafile: true,
});
for (const [file, { exports }] of Object.entries(parts.outputs)) {
  const stem = file.slice('parts/'.length, -'.js'.length);
  const target = `${OUT}/${stem}`;
  const index = `${relative(dirname(stem), '.') || '.'}/index.cjs`;
  const found = `[Symbol.for('mlx.modules')]['${stem.replace(/\/index$/, '')}']`;
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(`${target}.cjs`, `module.exports = require('${index}')${found};\n`);
  const lines = exports
    .filter((name) => name !== 'default')
    .map((name) => `export const ${name} = part.${name};`);
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
