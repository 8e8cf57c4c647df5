// withMLX and the export conditions of mlx/react: what bundlers and Node find.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withMLX } from 'mlx/next';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What a program prints that runs in the repository, with the given conditions of resolution. */
function run(program: string, conditions: string[] = [], environment: NodeJS.ProcessEnv = {}): string {
  const flags = conditions.map((condition) => `--conditions=${condition}`);
  return execFileSync(process.execPath, [...flags, '--input-type=module', '--eval', program], {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trim();
}

describe('withMLX', () => {
  it('keeps the packages out of the bundle and the libraries in the deployment', () => {
    const config = withMLX({ reactStrictMode: true }) as any;
    assert.equal(config.reactStrictMode, true);
    for (const name of ['mlx', '@node-mlx/mlx', '@node-mlx/linux-x64']) {
      assert.ok(config.serverExternalPackages.includes(name), name);
    }
    const globs: string[] = config.outputFileTracingIncludes['/**'];
    assert.ok(globs.length > 0);
    for (const glob of globs) {
      assert.match(glob, /^\.{1,2}\/.*\/\*\*\/\*$/);
      const folder = join(process.cwd(), glob.slice(0, -'/**/*'.length));
      assert.ok(existsSync(join(folder, 'mlx.node')), folder);
    }
  });

  it('adds to what is there', () => {
    const config = withMLX({
      serverExternalPackages: ['sharp', 'mlx'],
      outputFileTracingIncludes: { '/**': ['./data/**'], '/api': ['./x'] },
    });
    assert.deepEqual(config.serverExternalPackages.slice(0, 3), ['sharp', 'mlx', '@node-mlx/mlx']);
    assert.equal(new Set(config.serverExternalPackages).size, config.serverExternalPackages.length);
    assert.equal(config.outputFileTracingIncludes['/**'][0], './data/**');
    assert.ok(config.outputFileTracingIncludes['/**'].length > 1);
    assert.deepEqual(config.outputFileTracingIncludes['/api'], ['./x']);
  });

  it('takes a function, also an asynchronous one, and nothing', async () => {
    const config = withMLX(
      async (phase: string, _context: unknown) => ({ phase, serverExternalPackages: ['a'] }) as object,
    );
    const result = (await config('phase-x', {})) as any;
    assert.equal(result.phase, 'phase-x');
    assert.ok(result.serverExternalPackages.includes('mlx'));
    assert.ok(withMLX().serverExternalPackages?.includes('mlx'));
  });

  it('refuses what would put MLX into the bundle', () => {
    assert.throws(() => withMLX({ transpilePackages: ['x', 'mlx'] }), /take mlx out of transpilePackages/);
  });

  it('loads nothing native, from either kind of module', () => {
    const missing = { NODE_MLX_ADDON: '/nowhere/mlx.node' };
    const print = 'console.log(withMLX({}).serverExternalPackages[0])';
    assert.equal(run(`import { withMLX } from 'mlx/next'; ${print}`, [], missing), 'mlx');
    const required = `import { createRequire } from 'node:module';
      const { withMLX } = createRequire(import.meta.url)('mlx/next'); ${print}`;
    assert.equal(run(required, [], missing), 'mlx');
    assert.throws(() => run("import 'mlx'", [], missing), /ERR_MLX_PLATFORM/);
  });
});

describe('mlx/react', () => {
  const PRINT = "console.log(import.meta.resolve('mlx/react').split('/').slice(-2).join('/'))";
  const NAMES = "import * as all from 'mlx/react'; console.log(Object.keys(all).sort().join())";
  const CLIENT = 'StreamError,readSSE,useMLXStream';

  for (const [conditions, file] of [
    [[], 'react/server.mjs'],
    [['react-server'], 'react/server.mjs'],
    [['browser'], 'react/client.mjs'],
  ] as const) {
    it(`is ${file} under ${conditions.join() || 'Node’s own conditions'}`, () => {
      assert.equal(run(PRINT, [...conditions]), file);
    });
  }

  it('has the client’s names everywhere, and the server’s on the server', () => {
    assert.equal(run(NAMES, ['browser']), CLIENT);
    const server = run(NAMES).split(',');
    for (const name of [...CLIENT.split(','), 'streamSSE', 'toPlain', 'toPlainStream']) {
      assert.ok(server.includes(name), name);
    }
  });

  it('brings nothing but React into a browser', () => {
    const missing = { NODE_MLX_ADDON: '/nowhere/mlx.node' };
    assert.equal(run(NAMES, ['browser'], missing), CLIENT);
    const program = `import { readFileSync } from 'node:fs'; import { fileURLToPath } from 'node:url';
      const text = readFileSync(fileURLToPath(import.meta.resolve('mlx/react')), 'utf8');
      console.log([...text.matchAll(/from ["']([^."'][^"']*)["']|require\\(["']([^"']+)/g)].map((m) => m[1] ?? m[2]).join())`;
    assert.equal(run(program, ['browser']), 'react');
  });

  it('shares one instance with mlx, whichever way it is loaded', () => {
    const program = `import { core as mx } from 'mlx'; import { toPlain } from 'mlx/react';
      import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
      console.log(JSON.stringify([await toPlain(mx.array([1])), await require('mlx/react').toPlain(mx.array(2))]))`;
    assert.equal(run(program), '[[1],2]');
  });
});
