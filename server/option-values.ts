/** Reading the values of options. Each throws a UsageError that names the option. */
import { isIP } from 'node:net';
import { plainAddress } from '#protocol/address.ts';
import { UsageError } from './read-options.ts';

const LAST_PORT = 65_535;
const LAST_SEED = 0xffff_ffff;

/** A port number; 0 is allowed. */
export function parsePort(text: string, option: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : -1;
  if (port < 0 || port > LAST_PORT)
    throw new UsageError(`${option} takes a port from 0 to ${LAST_PORT}, not ${JSON.stringify(text)}`);
  return port;
}

/** An address to listen on, IPv6 with or without brackets; `localhost` is 127.0.0.1. */
export function parseHost(text: string): string {
  const host = text.replace(/^\[|\]$/g, '');
  if (host === 'localhost') return '127.0.0.1';
  if (isIP(host) === 0) throw new UsageError(`--host takes an IP address of this machine, not ${JSON.stringify(text)}`);
  return host;
}

/** `example.org:80`, `192.0.2.1:80`, `[2001:db8::1]:80`: the host in lower case and without brackets. */
export function parseTarget(text: string, option: string): { host: string; port: number } {
  const [, bracketed, bare, port] = /^(?:\[([^\]]+)\]|([^:\s]+)):(\d{1,5})$/.exec(text) ?? [];
  const host = bracketed ?? bare;
  if (!host || !port) throw new UsageError(`${option} takes HOST:PORT, not ${JSON.stringify(text)}`);
  return { host: plainAddress(host.toLowerCase()), port: parsePort(port, option) };
}

/** `host:port` of `--allow`, as reach.ts takes it. */
export function parseAllowed(text: string): string {
  const { host, port } = parseTarget(text, '--allow');
  return `${host} ${port}`;
}

/** The name of a file or a folder, which need not be there. */
export function parsePath(text: string, option: string, what: 'file' | 'folder'): string {
  if (text === '') throw new UsageError(`${option} takes the name of a ${what}`);
  return text;
}

/** A seed of 32 bits. */
export function parseSeed(text: string): number {
  const seed = /^\d{1,10}$/.test(text) ? Number(text) : LAST_SEED + 1;
  if (seed > LAST_SEED)
    throw new UsageError(`--seed takes a number from 0 to ${LAST_SEED}, not ${JSON.stringify(text)}`);
  return seed;
}
