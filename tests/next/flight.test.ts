// React's serializer: an array never crosses by accident, and the error says what to do instead.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const CHILD = fileURLToPath(new URL('./serialize.mjs', import.meta.url));

function serialize(environment: string): Record<string, { text: string; errors: string[] }> {
  const output = execFileSync(process.execPath, ['--conditions=react-server', CHILD], {
    env: { ...process.env, NODE_ENV: environment },
    encoding: 'utf8',
  });
  return JSON.parse(output);
}

for (const environment of ['production', 'development']) {
  describe(`React's serializer, in ${environment}`, () => {
    let results: ReturnType<typeof serialize>;
    before(() => {
      results = serialize(environment);
    });

    for (const name of [
      'root',
      'property',
      'list',
      'promise',
      'iterable',
      'map',
      'matrix',
      'cache argument',
    ]) {
      it(`refuses an array as ${name}`, () => {
        const { errors, text } = results[name]!;
        assert.ok(
          errors.some((error) => /An mx\.array stays on the server.*await a\.tolistAsync\(\)/.test(error)),
          JSON.stringify(errors),
        );
        assert.ok(!text.includes('0.625'), text);
      });
    }

    it('takes plain data of arrays', () => {
      const { errors, text } = results.plain!;
      assert.deepEqual(errors, []);
      assert.match(text, /0\.625/);
    });
  });
}
