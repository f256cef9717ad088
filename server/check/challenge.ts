import type { ChallengeInfo, StageInfo, Words } from '#protocol/check.ts';
import type { Endpoint } from '#protocol/wire.ts';
import type { Bench } from './bench.ts';

/** One thing that a challenge asks for, and the scenario that finds out. */
export interface Stage extends StageInfo {
  /** Plays the scenario; throws a CheckFailure where the learner's program does something else. */
  readonly run: (bench: Bench) => Promise<void>;
  /** Does the same in a POSIX shell, as far as a shell can; empty where the learner writes the client. */
  readonly command: (target: Endpoint) => string;
}

/** A challenge with its stages, in the order they are run. */
export interface Challenge extends Omit<ChallengeInfo, 'stages'> {
  readonly stages: readonly Stage[];
}

/** What the page and the command line list of a challenge. */
export function infoOf({ stages, id, transport, writes, title, protocol }: Challenge): ChallengeInfo {
  const plain = stages.map(({ id, points, title }) => ({ id, points, title }));
  return { id, transport, writes, title, protocol, stages: plain };
}

/** A stage of a challenge whose server the learner writes. */
export function stage(
  id: string,
  title: Words,
  run: (bench: Bench) => Promise<void>,
  command: (target: Endpoint) => string,
  points = 10,
): Stage {
  return { id, points, title, run, command };
}

/** `printf 'text' | nc …`; `text` is what a POSIX printf takes as its format. */
export function printed(text: string): (target: Endpoint) => string {
  return ({ address, port }) => `printf '${text}' | nc -w 2 ${address} ${port}`;
}

/** nc that sends a FIN when its input ends: the one of macOS always does, and its `-N` is another option. */
export function finishingNc(platform: NodeJS.Platform = process.platform): string {
  return platform === 'darwin' ? 'nc' : 'nc -N';
}

/** Each text in a write of its own, half a second apart. */
export function printedSlowly(...texts: readonly string[]): (target: Endpoint) => string {
  const writes = texts.map((text) => `printf '${text}'`).join('; sleep 0.5; ');
  return ({ address, port }) => `(${writes}) | nc -w 2 ${address} ${port}`;
}

/** The same by UDP: each text is a datagram, half a second apart. */
export function datagrams(...texts: readonly string[]): (target: Endpoint) => string {
  const [only = ''] = texts;
  const writes = texts.map((text) => `printf '${text}'`).join('; sleep 0.5; ');
  const sent = texts.length === 1 ? `printf '${only}'` : `(${writes})`;
  return ({ address, port }) => `${sent} | nc -u -w 1 ${address} ${port}`;
}

/** Shows in hex what comes back. */
export function inHex(command: (target: Endpoint) => string): (target: Endpoint) => string {
  return (target) => `${command(target)} | od -A d -t x1`;
}

/** A client that sends a text and then a RST instead of a FIN: SO_LINGER with no time to linger. */
export function vanishing(text: string): (target: Endpoint) => string {
  return ({ address, port }) =>
    `python3 -c "import socket, struct; s = socket.create_connection(('${address}', ${port})); s.sendall(b'${text}'); s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0)); s.close()"`;
}

/** One command, then the other. */
export function oneByOne(...commands: readonly ((target: Endpoint) => string)[]): (target: Endpoint) => string {
  return (target) => commands.map((command) => command(target)).join('; ');
}
