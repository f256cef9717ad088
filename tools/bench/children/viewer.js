/**
 * A viewer of the wire as a browser tab is one: it says hello, parses every message, and forgets it. Prints a line when it is
 * live, and, whenever it is told to, what it has received since.
 */
import WebSocket from 'ws';
import { answer, readOptions } from './talk.js';

/** @type {{ url: string }} */
const { url } = readOptions();

/** The contract that we speak (server/protocol/version.ts), asked of the server's own `reload` when it differs. */
let version = 1;
/** Reasons of the server's own for a reset are in kebab-case; what the system reports is an errno name. */
const OWN_REASON = /^[a-z-]+$/;
/** Different reasons that are kept. */
const MAX_REASONS = 20;

let live = false;
let events = 0;
let batches = 0;
let missed = 0;
/** @type {Set<string>} */
const reasons = new Set();

const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/ws/wire`, { origin: url });
const hello = () => socket.send(JSON.stringify({ type: 'hello', version }));
socket.on('open', hello);
socket.on('message', (data) => {
  const message = JSON.parse(String(data));
  if (message.type === 'reload') {
    version = message.version;
    hello();
  }
  if (message.type === 'batch') count(message);
  if (message.type === 'welcome' && !live) {
    live = true;
    answer({ live });
  }
});
socket.on('error', (error) => answer({ error: error.message }));
process.stdin.on('data', () => answer({ events, batches, missed, reasons: [...reasons].join(' ') }));

/** @param {{ missed: number, events: { kind: string, code: string | null }[] }} batch */
function count(batch) {
  batches += 1;
  missed += batch.missed;
  events += batch.events.length;
  for (const { kind, code } of batch.events) {
    if (kind === 'reset' && code && OWN_REASON.test(code) && reasons.size < MAX_REASONS) reasons.add(code);
  }
}
