/** Scripts of XMPP conversations, in the language of Scansion: who connects, sends, and receives what. */

/** Somebody who takes part. */
export interface ScriptClient {
  readonly name: string;
  /** Address, with or without resource. */
  readonly jid: string;
  readonly password: string;
  /** The resource to ask for; '': the one of the address, or whatever the server chooses. */
  readonly resource: string;
  /** Where to connect, when that is not where all scripts are played. */
  readonly host?: string;
  readonly port?: number;
}

/** One step. `line` is where it stands in the file, from 1. */
export type ScriptStep =
  | { readonly type: 'connects' | 'disconnects' | 'receives-nothing'; readonly client: string; readonly line: number }
  | { readonly type: 'sends' | 'receives'; readonly client: string; readonly line: number; readonly xml: string };

/** A whole script. */
export interface Script {
  readonly title: string;
  readonly clients: readonly ScriptClient[];
  readonly steps: readonly ScriptStep[];
}

/** What is wrong with a script, and where. */
class ScriptError extends Error {
  readonly line: number;

  constructor(line: number, message: string) {
    super(`line ${line}: ${message}`);
    this.line = line;
  }
}

const CLIENT = /^\[Client\]\s+(.+)$/;
const SEPARATOR = /^-{3,}\s*$/;
/** What begins a line that is for people only, in scripts of Scansion's own and of others. */
const COMMENT = /^(?:#|\/\/|--(?!-))/;
const ACTION = /^(.+?)\s+(connects|disconnects|sends|receives)\s*:?\s*(nothing)?$/;

/** Reads a script. Throws a ScriptError. */
export function parseScript(text: string): Script {
  const lines = text.split(/\r?\n/);
  const separator = lines.findIndex((line) => SEPARATOR.test(line));
  if (separator < 0)
    throw new ScriptError(lines.length, 'there is no line of dashes between the clients and the steps');
  const title = lines.find((line) => /^#+\s*\S/.test(line))?.replace(/^#+\s*/, '') ?? '';
  const clients = readClients(lines.slice(0, separator));
  return { title, clients, steps: readSteps(lines, separator + 1, new Set(clients.map(({ name }) => name))) };
}

function readClients(lines: readonly string[]): ScriptClient[] {
  const clients: { name: string; line: number; values: Map<string, string> }[] = [];
  for (const [index, line] of lines.entries()) {
    const name = CLIENT.exec(line)?.[1]?.trim();
    if (name) clients.push({ name, line: index + 1, values: new Map() });
    const [, key, value] = /^\s+(\w+)\s*:\s*(.*)$/.exec(line) ?? [];
    if (key && value !== undefined) clients.at(-1)?.values.set(key, value.trim());
  }
  return clients.map(({ name, line, values }) => {
    const jid = values.get('jid');
    if (!jid) throw new ScriptError(line, `${name} has no jid`);
    const [host, port] = [values.get('connect_host'), values.get('connect_port')];
    return {
      ...{ name, jid, password: values.get('password') ?? '', resource: values.get('resource') ?? '' },
      ...(host !== undefined && { host }),
      ...(port !== undefined && { port: Number(port) }),
    };
  });
}

function readSteps(lines: readonly string[], from: number, names: ReadonlySet<string>): ScriptStep[] {
  const steps: ScriptStep[] = [];
  for (let at = from; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (line.trim() === '' || COMMENT.test(line)) continue;
    const block = indentedBlock(lines, at + 1);
    steps.push(readStep(line.trim(), at + 1, block.join('\n'), names));
    at += block.length;
  }
  return steps;
}

/** What belongs to a step: the indented and the empty lines below it. */
function indentedBlock(lines: readonly string[], from: number): string[] {
  let to = from;
  while (to < lines.length && /^(?:\s|$)/.test(lines[to] ?? '')) to += 1;
  return lines.slice(from, to);
}

function readStep(text: string, line: number, block: string, names: ReadonlySet<string>): ScriptStep {
  const [, client = '', verb, nothing] = ACTION.exec(text) ?? [];
  if (!verb) throw new ScriptError(line, `this is no step: ${text}`);
  if (!names.has(client)) throw new ScriptError(line, `there is no client ${client}`);
  const xml = block.trim();
  if (verb === 'connects' || verb === 'disconnects') return { type: verb, client, line };
  if (verb === 'receives' && (nothing || xml === 'nothing')) return { type: 'receives-nothing', client, line };
  if (xml === '' || (verb !== 'sends' && verb !== 'receives')) throw new ScriptError(line, 'the stanza is missing');
  return { type: verb, client, line, xml };
}
