/** What is left of a worker's global names for a program: those of the language, and a few that only compute. */

const LANGUAGE = [
  'Object Function Array Number Boolean String Symbol BigInt Date Promise RegExp Proxy Reflect JSON Math Intl Iterator',
  'Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError SuppressedError',
  'Map Set WeakMap WeakSet WeakRef FinalizationRegistry ArrayBuffer DataView Atomics',
  'Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array',
  'Float16Array Float32Array Float64Array BigInt64Array BigUint64Array',
  'parseFloat parseInt isFinite isNaN decodeURI decodeURIComponent encodeURI encodeURIComponent escape unescape eval',
  'Infinity NaN undefined globalThis',
  'TextEncoder TextDecoder atob btoa queueMicrotask structuredClone URL URLSearchParams',
];

/** Names that stay. Everything else goes, also what browsers will have one day. */
export const PROGRAM_GLOBALS: ReadonlySet<string> = new Set(LANGUAGE.join(' ').split(' '));

/** Takes all other names away from a global object and from the prototypes that it inherits names from. */
export function keepOnly(global: object, names: ReadonlySet<string>): void {
  for (let owner: object | null = global; owner && owner !== Object.prototype; owner = Object.getPrototypeOf(owner)) {
    for (const name of Object.getOwnPropertyNames(owner)) if (!names.has(name)) takeAway(owner, name);
  }
}

function takeAway(owner: object, name: string): void {
  if (Reflect.deleteProperty(owner, name)) return;
  Reflect.defineProperty(owner, name, { value: undefined, writable: false });
}
