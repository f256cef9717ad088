import type { Machine } from '#protocol/demos.ts';
import type { Transport } from '#protocol/wire.ts';
import type { DemoOffer } from './demo-groups.ts';
import { hostFor } from './demo-host.ts';

/** What a learner may reach a demo with, in the order in which it is offered. */
export const CLIENTS = ['telnet', 'nc', 'python', 'node'] as const;
export type Client = (typeof CLIENTS)[number];

/** A command for the learner's own terminal. */
export interface DemoCommand {
  readonly client: Client;
  /** The program that is run: `nc` may be `ncat`, `python` may be `python3`. */
  readonly program: string;
  readonly text: string;
  /** The terminal in the page knows it too. */
  readonly runsHere: boolean;
}

/** Where and by whom a command will be typed. */
export interface CommandSetting {
  /** Node's `process.platform`; `null` while it is not known. */
  readonly platform: string | null;
  readonly tools: Machine['tools'];
  /** Host by which this page was reached. */
  readonly pageHost: string;
}

/**
 * How a demo is best tried by a program in one line. `send` is what it says first; a program that waits for an `answer`
 * prints it and ends; `talk` connects the keyboard; `tls` does that inside TLS. Demos without an entry are talked to.
 */
type Manner =
  | { readonly kind: 'talk' }
  | { readonly kind: 'tls' }
  | { readonly kind: 'ask'; readonly send: string; readonly answer: boolean };

const TALK: Manner = { kind: 'talk' };

/** The smallest request after which the server closes, as C, Python and JavaScript escape it. */
const HTTP_REQUEST = 'GET /hello HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n';

const MANNERS: Readonly<Record<string, Manner>> = {
  echo: { kind: 'ask', send: 'hello\\n', answer: true },
  discard: { kind: 'ask', send: 'hello\\n', answer: false },
  daytime: { kind: 'ask', send: '', answer: true },
  tls: { kind: 'tls' },
  http: { kind: 'ask', send: HTTP_REQUEST, answer: true },
};

interface Target {
  readonly transport: Transport;
  readonly host: string;
  readonly port: number;
  readonly manner: Manner;
}

/** The command with which `client` reaches a demo; `null` where it cannot (telnet speaks TCP only). */
export function demoCommand(
  client: Client,
  demo: string,
  offer: DemoOffer,
  setting: CommandSetting,
): DemoCommand | null {
  const target: Target = {
    transport: offer.transport,
    host: hostFor(offer, setting.pageHost),
    port: offer.port,
    manner: MANNERS[demo] ?? TALK,
  };
  if (client === 'telnet' && offer.transport === 'udp') return null;
  // Neither telnet nor nc speaks TLS.
  const isBare = target.manner.kind === 'tls' && (client === 'telnet' || client === 'nc');
  const program = isBare ? 'openssl' : programOf(client, setting);
  const text = `${program} ${isBare ? opensslArguments(target) : argumentsOf(client, target)}`;
  return { client, program, text, runsHere: runsInPage(program) };
}

/** Whether the terminal of the page has a program of this name. */
export function runsInPage(program: string): boolean {
  return program === 'telnet' || program === 'nc';
}

/** The program's name on this machine. */
export function programOf(client: Client, { platform, tools }: CommandSetting): string {
  if (client === 'nc') return (platform === 'win32' || !tools.nc) && tools.ncat ? 'ncat' : 'nc';
  if (client === 'python') return platform === 'win32' ? 'python' : 'python3';
  return client;
}

/** Whether the program is there; `null` where the server does not look for it. Node runs the server. */
export function isInstalled(client: Client, setting: CommandSetting): boolean | null {
  if (client === 'node') return true;
  return setting.tools[programOf(client, setting)] ?? null;
}

function argumentsOf(client: Client, target: Target): string {
  const { transport, host, port } = target;
  switch (client) {
    case 'telnet':
      return `${host} ${port}`;
    case 'nc':
      return transport === 'udp' ? `-u ${host} ${port}` : `${host} ${port}`;
    case 'python':
      return `-c "${transport === 'udp' ? pythonUdp(target) : pythonTcp(target)}"`;
    case 'node':
      return `-e "${transport === 'udp' ? nodeUdp(target) : nodeTcp(target)}"`;
    default:
      return client satisfies never;
  }
}

function opensslArguments({ host, port }: Target): string {
  return `s_client -quiet -connect ${host.includes(':') ? `[${host}]` : host}:${port}`;
}

// One line each, single quotes inside double ones: the same text works in sh, PowerShell and cmd.

function pythonTcp({ host, port, manner }: Target): string {
  const open = `socket.create_connection(('${host}',${port}))`;
  const isTls = manner.kind === 'tls';
  // Nobody has signed the certificate, so it is not checked.
  const connect = isTls ? `s=ssl._create_unverified_context().wrap_socket(${open})` : `s=${open}`;
  if (manner.kind !== 'ask') {
    // Unbuffered, for a thread that is cut off while it holds a buffer's lock makes Python abort at its end.
    const print = `t.Thread(target=lambda:[os.write(1,b) for b in iter(lambda:s.recv(4096),b'')],daemon=True).start()`;
    return `import os,socket,${isTls ? 'ssl,' : ''}sys,threading as t; ${connect}; ${print}; [s.sendall(l.encode()) for l in sys.stdin]`;
  }
  const send = manner.send === '' ? '' : `; s.sendall(b'${manner.send}')`;
  const end = manner.answer ? 'print(s.recv(4096))' : 's.close()';
  return `import socket; ${connect}${send}; ${end}`;
}

function pythonUdp({ host, port, manner }: Target): string {
  const family = host.includes(':') ? 'socket.AF_INET6' : 'socket.AF_INET';
  const send = manner.kind === 'ask' ? manner.send : 'hello\\n';
  const answer = manner.kind === 'ask' && !manner.answer ? '' : '; print(s.recv(65535))';
  const open = `s=socket.socket(${family},socket.SOCK_DGRAM); s.settimeout(2)`;
  return `import socket; ${open}; s.sendto(b'${send}',('${host}',${port}))${answer}`;
}

function nodeTcp({ host, port, manner }: Target): string {
  // `end` sends and then finishes its half; what comes back is still read. Not before there is a connection: of two
  // addresses Node forgets it when the first one refuses.
  const send = manner.kind === 'ask' && manner.send !== '' ? `,function(){this.end('${manner.send}')}` : '';
  const connect =
    manner.kind === 'tls'
      ? `require('tls').connect({port:${port},host:'${host}',rejectUnauthorized:false})`
      : `require('net').connect(${port},'${host}'${send})`;
  if (manner.kind !== 'ask') return `const s=${connect};process.stdin.pipe(s).pipe(process.stdout)`;
  return `${connect}${manner.answer ? '.pipe(process.stdout)' : '.resume()'}`;
}

function nodeUdp({ host, port, manner }: Target): string {
  const family = host.includes(':') ? 'udp6' : 'udp4';
  const send = manner.kind === 'ask' ? manner.send : 'hello\\n';
  const open = `const u=require('dgram').createSocket('${family}')`;
  if (manner.kind === 'ask' && !manner.answer) return `${open};u.send('${send}',${port},'${host}',()=>u.close())`;
  return `${open};u.on('message',m=>{console.log(String(m));u.close()});u.send('${send}',${port},'${host}')`;
}
