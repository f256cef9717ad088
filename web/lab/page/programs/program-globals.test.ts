import { expect, it } from 'vitest';
import { keepOnly, PROGRAM_GLOBALS } from './program-globals.ts';

it('takes away whatever reaches out, from the object and from what it inherits', () => {
  class Target {
    addEventListener() {}
  }
  class Scope extends Target {
    get navigator() {
      return 'navigator';
    }
  }
  const scope = Object.assign(new Scope(), { fetch: () => 1, JSON, Map });
  Object.defineProperty(scope, 'importScripts', { value: () => 1, configurable: false, writable: true });
  keepOnly(scope, PROGRAM_GLOBALS);
  expect(Object.keys(scope)).toEqual(['JSON', 'Map']);
  expect([scope.fetch, Reflect.get(scope, 'importScripts'), scope.navigator, scope.addEventListener]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  expect({}.toString).toBeTypeOf('function');
});
