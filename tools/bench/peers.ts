import { onPath } from '../clients/path.js';
import { type Child, freePort, startChild, startLoad, untilListening } from './child.ts';

/** A server that we are compared with. */
export interface Peer extends Child {
  readonly port: number;
}

/** The plain obvious echo of Node: `socket.pipe(socket)`. */
export function startNodeEcho(): Promise<Peer> {
  return startOwn('echo-server');
}

/** The plain obvious UDP echo of Node. */
export function startNodeUdpEcho(): Promise<Peer> {
  return startOwn('udp-echo-server');
}

async function startOwn(script: string): Promise<Peer> {
  const child = startLoad(script, {});
  const { port } = await child.next();
  if (typeof port !== 'number') throw new Error(`${script} said no port`);
  return { pid: child.pid, stop: child.stop, port };
}

/** socat's echo, one process a connection; `null` where there is no socat. */
export function startSocatEcho(): Promise<Peer | null> {
  return startForeign('socat', (port) => [`TCP-LISTEN:${port},bind=127.0.0.1,reuseaddr,backlog=128,fork`, 'PIPE']);
}

/**
 * socat as a relay to a port of this machine, one process a connection; `null` where there is no socat. With a buffer of
 * 64 KiB and without Nagle's delay: with its defaults it is slow for reasons of its own.
 */
export function startSocatRelay(to: number): Promise<Peer | null> {
  return startForeign('socat', (port) => [
    '-b65536',
    `TCP-LISTEN:${port},bind=127.0.0.1,reuseaddr,backlog=128,nodelay,fork`,
    `TCP:127.0.0.1:${to},nodelay`,
  ]);
}

/** ncat's chat room; `null` where there is no ncat. */
export function startNcatChat(maxClients: number): Promise<Peer | null> {
  return startForeign('ncat', (port) => ['-l', '-k', '--chat', '-m', String(maxClients), '127.0.0.1', String(port)]);
}

async function startForeign(name: string, args: (port: number) => string[]): Promise<Peer | null> {
  const file = onPath(name);
  if (file === null) return null;
  const port = await freePort();
  const child = startChild(file, args(port));
  await untilListening(port);
  return { ...child, port };
}
