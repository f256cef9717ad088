/** Reads what `netstat` prints on macOS (`netstat -an`) and on Windows (`netstat -ano`). */
import type { Endpoint, SocketRow, Transport } from '#protocol/wire.ts';

/** netstat's words for states that RFC 9293 §3.3.2 spells otherwise. */
const STATE_WORDS: Readonly<Record<string, string>> = {
  SYN_SENT: 'SYN-SENT',
  SYN_RCVD: 'SYN-RECEIVED',
  SYN_RECEIVED: 'SYN-RECEIVED',
  FIN_WAIT_1: 'FIN-WAIT-1',
  FIN_WAIT_2: 'FIN-WAIT-2',
  CLOSE_WAIT: 'CLOSE-WAIT',
  LAST_ACK: 'LAST-ACK',
  TIME_WAIT: 'TIME-WAIT',
  LISTENING: 'LISTEN',
  // Windows in German; other languages leave the words alone, or are shown as they come.
  HERGESTELLT: 'ESTABLISHED',
  WARTEND: 'TIME-WAIT',
  SCHLIESSEN_WARTEN: 'CLOSE-WAIT',
  FIN_WARTEN_1: 'FIN-WAIT-1',
  FIN_WARTEN_2: 'FIN-WAIT-2',
  SYN_GESENDET: 'SYN-SENT',
};

/**
 * macOS: `tcp4 0 0 127.0.0.1.7007 127.0.0.1.51544 ESTABLISHED`, queues first (receive, send), the port after the last
 * dot. The heading is always English.
 */
export function parseMacosNetstat(text: string): SocketRow[] {
  return text.split('\n').flatMap((line) => {
    const [protocol, receive, send, localText, remoteText, state] = line.trim().split(/\s+/);
    const transport = transportOf(protocol);
    const local = splitAt(localText, '.');
    if (!transport || !local) return [];
    // Of a listener it says 0 and 0, however many connections wait for accept() or may: netstat -L would.
    const listens = state === 'LISTEN';
    const queues = { receiveQueue: listens ? null : queue(receive), sendQueue: listens ? null : queue(send) };
    return [row(transport, local, splitAt(remoteText, '.'), state, queues)];
  });
}

/**
 * Windows: `TCP 127.0.0.1:7007 127.0.0.1:51544 ESTABLISHED 4242`, no queues. The heading is translated,
 * and in some languages the states, in the console's own encoding: a socket without another end is one that listens.
 */
export function parseWindowsNetstat(text: string): SocketRow[] {
  return text.split('\n').flatMap((line) => {
    const [protocol, localText, remoteText, state] = line.trim().split(/\s+/);
    const transport = transportOf(protocol);
    const local = splitAt(localText, ':');
    if (!transport || !local) return [];
    const remote = splitAt(remoteText, ':');
    return [row(transport, local, remote, remote ? state : 'LISTEN', { receiveQueue: null, sendQueue: null })];
  });
}

function row(
  transport: Transport,
  local: Endpoint,
  remote: Endpoint | null,
  state: string | undefined,
  queues: Pick<SocketRow, 'receiveQueue' | 'sendQueue'>,
): SocketRow {
  const udpState = remote ? 'ESTABLISHED' : 'UNCONN';
  const tcpState = state ? (STATE_WORDS[state] ?? state) : 'CLOSED';
  return { transport, local, remote, state: transport === 'udp' ? udpState : tcpState, ...queues };
}

function transportOf(protocol: string | undefined): Transport | null {
  const name = protocol?.toLowerCase() ?? '';
  if (/^tcp(4|6|46)?$/.test(name)) return 'tcp';
  return /^udp(4|6|46)?$/.test(name) ? 'udp' : null;
}

/** `127.0.0.1.7007`, `[::1]:7007`, `*.7007`, `*:*`: `null` where there is no port (nobody at the other end). */
function splitAt(text: string | undefined, separator: '.' | ':'): Endpoint | null {
  const at = text?.lastIndexOf(separator) ?? -1;
  if (!text || at < 0) return null;
  const port = Number(text.slice(at + 1));
  if (!Number.isInteger(port) || port === 0) return null;
  return { address: plain(text.slice(0, at)), port };
}

/** Without brackets and zone; `*` is the unspecified address. */
function plain(address: string): string {
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  return bare === '*' ? '0.0.0.0' : bare;
}

function queue(text: string | undefined): number | null {
  const octets = Number(text);
  return Number.isInteger(octets) ? octets : null;
}
