/** How the children of the bench talk with it: options as JSON in the first argument, answers as lines of JSON. */
import { once } from 'node:events';
import { connect } from 'node:net';

/**
 * @template T
 * @returns {T} Options that the bench gave; it and the child agree on their type.
 */
export function readOptions() {
  return JSON.parse(process.argv[2] ?? '{}');
}

/** @param {object} report */
export function answer(report) {
  process.stdout.write(`${JSON.stringify(report)}\n`);
}

/** Waits until the bench says to go on. */
export async function told() {
  process.stdin.resume();
  await once(process.stdin, 'data');
  process.stdin.pause();
}

/**
 * Opens a TCP connection without Nagle's delay.
 *
 * @param {number} port
 * @param {import('node:net').OnReadOpts} [onread] Reads into one buffer, which costs a load generator the least.
 */
export async function open(port, onread) {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true, ...(onread ? { onread } : {}) });
  await once(socket, 'connect');
  return socket;
}
