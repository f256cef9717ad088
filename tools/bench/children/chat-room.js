/** What the chat loads share: entering a room, and waiting until nobody says anything any more. */
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { open } from './talk.js';

/** A room is quiet when nothing came for so long. */
const QUIET_MS = 300;
/** People who enter at the same time; ncat lets no more than ten wait at its door. */
const AT_ONCE = 5;
const NEWLINE = 10;

/**
 * A client of the room, which counts the lines that it gets.
 *
 * @typedef {object} ChatClient
 * @property {import('node:net').Socket} socket
 * @property {number} lines Received since the last `forget`.
 */

/**
 * Enters with so many clients, by the room's way of choosing a nick where it has one, and waits until all notices are through.
 *
 * @param {{ port: number, clients: number, asksForNick: boolean, onLines: (client: ChatClient, chunk: Buffer) => void }} options
 * @returns {Promise<ChatClient[]>}
 */
export async function enterRoom({ port, clients, asksForNick, onLines }) {
  /** @type {ChatClient[]} */
  const room = [];
  let lastMs = performance.now();
  const enter = async () => {
    const socket = await open(port);
    /** @type {ChatClient} */
    const client = { socket, lines: 0 };
    room.push(client);
    const nick = `u${room.length}`;
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      lastMs = performance.now();
      onLines(client, chunk);
    });
    if (asksForNick) socket.write(`${nick}\n`);
    // Both rooms greet, so whoever has read something is in.
    await once(socket, 'data');
  };
  while (room.length < clients) {
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, clients - room.length) }, enter));
  }
  await untilQuiet(() => lastMs);
  for (const client of room) client.lines = 0;
  return room;
}

/** @param {() => number} lastMs When something was received last. */
async function untilQuiet(lastMs) {
  while (performance.now() - lastMs() < QUIET_MS) await delay(20);
}

/** @param {Buffer} chunk */
export function countLines(chunk) {
  let lines = 0;
  for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, at + 1)) lines += 1;
  return lines;
}
