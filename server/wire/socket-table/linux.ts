/** Reads the tables of proc(5): `/proc/net/{tcp,tcp6,udp,udp6}`. */

import { plainAddress } from '#protocol/address.ts';
import type { Endpoint, SocketRow, Transport } from '#protocol/wire.ts';

/** Numbers of Linux's include/net/tcp_states.h, in the words of RFC 9293 §3.3.2. */
const TCP_STATES: Readonly<Record<string, string>> = {
  '01': 'ESTABLISHED',
  '02': 'SYN-SENT',
  '03': 'SYN-RECEIVED',
  '04': 'FIN-WAIT-1',
  '05': 'FIN-WAIT-2',
  '06': 'TIME-WAIT',
  '07': 'CLOSED',
  '08': 'CLOSE-WAIT',
  '09': 'LAST-ACK',
  '0A': 'LISTEN',
  '0B': 'CLOSING',
  '0C': 'SYN-RECEIVED',
};

/** Rows of one table. Lines that do not fit the format are left out. */
export function parseProcNet(text: string, transport: Transport): SocketRow[] {
  return text
    .split('\n')
    .slice(1)
    .map((line) => parseLine(line, transport))
    .filter((row) => row !== null);
}

function parseLine(line: string, transport: Transport): SocketRow | null {
  const [, localHex, remoteHex, stateHex, queues] = line.trim().split(/\s+/);
  const local = localHex && parseEndpoint(localHex);
  const remote = remoteHex && parseEndpoint(remoteHex);
  if (!local || !remote || !stateHex || !queues) return null;
  const [send, receive] = queues.split(':');
  const state = transport === 'udp' ? udpState(remote) : (TCP_STATES[stateHex] ?? stateHex);
  return {
    transport,
    local,
    remote: remote.port === 0 ? null : remote,
    state,
    receiveQueue: Number.parseInt(receive ?? '', 16) || 0,
    // Of a listener it says 0, however many connections may wait: ss(8) tells.
    sendQueue: state === 'LISTEN' ? null : Number.parseInt(send ?? '', 16) || 0,
  };
}

/** UDP has no states; a socket is either connected to one peer or not. */
function udpState(remote: Endpoint): string {
  return remote.port === 0 ? 'UNCONN' : 'ESTABLISHED';
}

/** `0100007F:1B5F` → 127.0.0.1 port 7007. The address is 32-bit words in host order, the port in network order. */
function parseEndpoint(text: string): Endpoint | null {
  const match = /^([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4})$/i.exec(text);
  if (!match?.[1] || !match[2]) return null;
  const bytes = swapWords(Buffer.from(match[1], 'hex'));
  const address = bytes.length === 4 ? bytes.join('.') : formatIpv6(bytes);
  return { address, port: Number.parseInt(match[2], 16) };
}

/** proc(5) prints each 32-bit word as the machine holds it: little-endian on every machine that Node 20 runs Linux on. */
function swapWords(bytes: Buffer): Buffer {
  return bytes.swap32();
}

/** RFC 5952 §4: lower case, no leading zeros, the longest run of zeros shortened. */
function formatIpv6(bytes: Buffer): string {
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(index * 2));
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff)
    return plainAddress(`::ffff:${bytes.subarray(12).join('.')}`);
  const zeros = longestZeroRun(groups);
  const hex = groups.map((group) => group.toString(16));
  if (zeros.length < 2) return hex.join(':');
  return `${hex.slice(0, zeros.start).join(':')}::${hex.slice(zeros.start + zeros.length).join(':')}`;
}

function longestZeroRun(groups: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  let length = 0;
  groups.forEach((group, index) => {
    length = group === 0 ? length + 1 : 0;
    if (length > best.length) best = { start: index - length + 1, length };
  });
  return best;
}
