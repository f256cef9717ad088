/** Plays a script against a server. */
import { setTimeout as wait } from 'node:timers/promises';
import { XmppClient } from '../../server/demos/xmpp/testing/xmpp-client.ts';
import type { XmlElement } from '../../server/demos/xmpp/xml/element.ts';
import { serialize } from '../../server/demos/xmpp/xml/serialize.ts';
import { TreeBuilder } from '../../server/demos/xmpp/xml/tree-builder.ts';
import { type Captures, differenceOf, SCANSION } from './match.ts';
import type { Script, ScriptClient, ScriptStep } from './script.ts';

/** Where the server is. */
export interface Target {
  readonly host: string;
  readonly port: number;
}

/** Who has connected, and what has been captured. */
interface Stage {
  readonly target: Target;
  readonly clients: Map<string, XmppClient>;
  readonly captures: Captures;
  /** Full addresses by client, also of those who have left. */
  readonly jids: Map<string, string>;
}

/** Something went otherwise than the script says. */
export class ScriptFailure extends Error {
  readonly line: number;

  constructor(line: number, message: string, options?: ErrorOptions) {
    super(`line ${line}: ${message}`, options);
    this.line = line;
  }
}

/** How long `receives: nothing` waits, in milliseconds, besides two rounds of asking the server. */
const QUIET_MS = 60;

/** Plays it from beginning to end. Rejects with a ScriptFailure at the first step that goes wrong. */
export async function runScript(script: Script, target: Target): Promise<void> {
  const stage: Stage = { target, clients: new Map(), captures: new Map(), jids: new Map() };
  try {
    for (const step of script.steps) await play(script, step, stage);
  } finally {
    for (const client of stage.clients.values()) client.close();
    await Promise.all([...stage.clients.values()].map((client) => client.over()));
  }
}

async function play(script: Script, step: ScriptStep, stage: Stage): Promise<void> {
  try {
    await perform(script, step, stage);
  } catch (error) {
    if (error instanceof ScriptFailure) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new ScriptFailure(step.line, `${step.client} ${step.type}: ${reason}`, { cause: error });
  }
}

async function perform(script: Script, step: ScriptStep, stage: Stage): Promise<void> {
  if (step.type === 'connects') {
    await connect(script, step.client, stage);
    return;
  }
  const client = stage.clients.get(step.client);
  if (!client) throw new ScriptFailure(step.line, `${step.client} is not connected`);
  if (step.type === 'sends') client.send(filledIn(step.xml, stage));
  else if (step.type === 'receives') await receive(client, step.xml, step.line, stage);
  else if (step.type === 'receives-nothing') await receiveNothing(client, step.line);
  else await disconnect(step.client, client, stage);
}

async function connect(script: Script, name: string, stage: Stage): Promise<void> {
  const { jid, password } = script.clients.find((one) => one.name === name) as ScriptClient;
  const [, user = '', domain = '', resource = ''] = /^([^@]+)@([^/]+)(?:\/(.*))?$/.exec(jid) ?? [];
  const client = await XmppClient.connect(stage.target.port, stage.target.host);
  stage.clients.set(name, client);
  await client.logIn(user, password, domain);
  await client.bind(resource);
  stage.jids.set(name, client.jid);
}

async function disconnect(name: string, client: XmppClient, stage: Stage): Promise<void> {
  stage.clients.delete(name);
  client.close();
  await client.over();
}

async function receive(client: XmppClient, text: string, line: number, stage: Stage): Promise<void> {
  for (const wanted of parseAll(filledIn(text, stage))) {
    const got = await client.next();
    const difference = differenceOf(wanted, got, stage.captures);
    if (difference === null) continue;
    throw new ScriptFailure(line, `${difference}\n  expected ${serialize(wanted)}\n  got      ${serialize(got)}`);
  }
}

/** Asking the server something before and after a moment: whatever was on its way would have come before the answer. */
async function receiveNothing(client: XmppClient, line: number): Promise<void> {
  const before = await client.settled();
  await wait(QUIET_MS);
  const [got] = [...before, ...(await client.settled())];
  if (got) throw new ScriptFailure(line, `something came: ${got}`);
}

/** `${Romeo's full JID}`, `${Romeo's JID}`, and what was captured. */
function filledIn(text: string, { captures, jids }: Stage): string {
  return text.replace(/\$\{([^}]+)\}/g, (whole, name: string) => {
    const [, owner = '', kind] = /^(.+)['’]s (full JID|JID)$/.exec(name) ?? [];
    const jid = jids.get(owner);
    if (jid !== undefined) return escaped(kind === 'JID' ? jid.replace(/\/.*$/, '') : jid);
    const captured = captures.get(name);
    return captured === undefined ? whole : escaped(captured);
  });
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;').replaceAll("'", '&apos;');
}

function parseAll(text: string): XmlElement[] {
  const elements: XmlElement[] = [];
  const builder = new TreeBuilder({ opened: () => {}, element: (one) => elements.push(one), closed: () => {} });
  builder.write(`<script xmlns='jabber:client' xmlns:scansion='${SCANSION}'>${text}</script>`);
  return elements;
}
