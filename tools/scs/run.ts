/** Plays a script against a server. */
import { setTimeout as wait } from 'node:timers/promises';
import { XmppClient } from '../../server/demos/xmpp/testing/xmpp-client.ts';
import type { XmlElement } from '../../server/demos/xmpp/xml/element.ts';
import { serialize } from '../../server/demos/xmpp/xml/serialize.ts';
import { TreeBuilder } from '../../server/demos/xmpp/xml/tree-builder.ts';
import { type Captures, differenceOf, type Rules, SCANSION } from './match.ts';
import type { Script, ScriptClient, ScriptStep } from './script.ts';

/** Where the server is. */
export interface Target {
  readonly host: string;
  readonly port: number;
}

/** How a script is played. */
export interface RunOptions extends Target, Rules {
  /**
   * Whether each client must receive exactly what the script says, in its order. Default: no, as in Scansion, where what
   * the script does not wait for is passed over.
   */
  readonly exact?: boolean;
}

/** Who has connected, and what has been captured. */
interface Stage {
  readonly options: RunOptions;
  readonly clients: Map<string, XmppClient>;
  readonly captures: Captures;
  /** Full addresses by client, also of those who have left. */
  readonly jids: Map<string, string>;
  /** Clients whose stanzas are counted. */
  readonly counting: Set<string>;
  readonly script: Script;
}

/** Something went otherwise than the script says. */
class ScriptFailure extends Error {
  readonly line: number;

  constructor(line: number, message: string, options?: ErrorOptions) {
    super(`line ${line}: ${message}`, options);
    this.line = line;
  }
}

/** How long a stanza may take to come, in milliseconds. */
const PATIENCE_MS = 5_000;

/** How long `receives: nothing` waits, in milliseconds, besides two rounds of asking the server. */
const QUIET_MS = 40;

/** Plays it from beginning to end. Rejects with a ScriptFailure at the first step that goes wrong. */
export async function runScript(script: Script, options: RunOptions): Promise<void> {
  const stage: Stage = {
    ...{ script, options, clients: new Map(), captures: new Map(), jids: new Map(), counting: new Set() },
  };
  // A test server forgets everything soon after its last connection, and a machine may be slow.
  const presence = await XmppClient.connect(options.port, options.host);
  try {
    for (const [index, step] of script.steps.entries()) {
      await play(script, step, stage);
      if (step.type === 'sends' && script.steps[index + 1]?.client !== step.client) await arrived(step, stage);
    }
  } finally {
    const all = [...stage.clients.values(), presence];
    for (const client of all) client.close();
    await Promise.all(all.map((client) => client.over()));
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

/**
 * Waits until the server has dealt with what a client sent, before another one does something: on two connections nothing
 * else says which comes first. Where stanzas are counted (XEP-0198) nothing may be sent that the script does not say.
 */
async function arrived({ client: name }: ScriptStep, { clients, counting }: Stage): Promise<void> {
  const client = clients.get(name);
  if (!client || counting.has(name)) return;
  try {
    await client.ask('get', "<ping xmlns='urn:xmpp:ping'/>", client.jid.replace(/^.*@|\/.*$/g, ''));
  } catch {
    // What was sent has ended the stream: the next step will tell.
  }
}

async function perform(script: Script, step: ScriptStep, stage: Stage): Promise<void> {
  if (step.type === 'connects') {
    await connect(script, step.client, stage);
    return;
  }
  const client = stage.clients.get(step.client);
  if (!client) {
    // A recorded script has a client say goodbye, and go, after it has gone.
    if ((step.type === 'sends' || step.type === 'disconnects') && stage.jids.has(step.client)) return;
    throw new ScriptFailure(step.line, `${step.client} is not connected`);
  }
  if (step.type === 'sends') send(step.client, client, filledIn(step.xml, stage), stage);
  else if (step.type === 'receives') await receive(client, step.xml, step.line, stage);
  else if (step.type === 'receives-nothing') await receiveNothing(client, step.line, stage);
  else await disconnect(step.client, client, stage);
}

function send(name: string, client: XmppClient, text: string, { counting }: Stage): void {
  if (text.includes('urn:xmpp:sm:')) counting.add(name);
  client.send(text);
}

async function connect(script: Script, name: string, stage: Stage): Promise<void> {
  const { jid, password, resource: wish, host, port } = script.clients.find((one) => one.name === name) as ScriptClient;
  const [, user = '', domain = '', resource = ''] = /^([^@]+)@([^/]+)(?:\/(.*))?$/.exec(jid) ?? [];
  const client = await XmppClient.connect(port ?? stage.options.port, host ?? stage.options.host);
  // Scripts of others expect what Scansion names.
  client.language = 'en';
  stage.clients.set(name, client);
  await client.logIn(user, password, domain);
  await client.bind(wish || resource);
  stage.jids.set(name, client.jid);
}

async function disconnect(name: string, client: XmppClient, stage: Stage): Promise<void> {
  stage.clients.delete(name);
  client.close();
  await client.over();
}

async function receive(client: XmppClient, text: string, line: number, stage: Stage): Promise<void> {
  for (const wanted of parseAll(filledIn(text, stage))) {
    if (stage.options.exact) await receiveNext(client, wanted, line, stage);
    else await receiveSome(client, wanted, line, stage);
  }
}

async function receiveNext(client: XmppClient, wanted: XmlElement, line: number, stage: Stage): Promise<void> {
  const got = await client.next();
  const difference = differenceOf(wanted, got, stage.captures, stage.options);
  if (difference === null) return;
  throw new ScriptFailure(line, `${difference}\n  expected ${serialize(wanted)}\n  got      ${serialize(got)}`);
}

/** The first that fits; what came before it is kept, for a later step may wait for it. */
async function receiveSome(client: XmppClient, wanted: XmlElement, line: number, stage: Stage): Promise<void> {
  try {
    await client.takes((got) => differenceOf(wanted, got, stage.captures, stage.options) === null, PATIENCE_MS);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ScriptFailure(line, `${reason}\n  expected ${serialize(wanted)}`, { cause: error });
  }
}

/** Asking the server something before and after a moment: whatever was on its way would have come before the answer. */
async function receiveNothing(client: XmppClient, line: number, stage: Stage): Promise<void> {
  const before = stage.options.exact ? [] : client.passedOver();
  const soon = await client.settled();
  await wait(QUIET_MS);
  const [got] = [...soon.slice(before.length), ...(await client.settled())];
  if (got) throw new ScriptFailure(line, `something came: ${got}`);
}

/** `${Romeo's full JID}`, `${Romeo's JID}`, and what was captured. */
function filledIn(text: string, { captures, jids, script }: Stage): string {
  return text.replace(/\$\{([^}]+)\}/g, (whole, name: string) => {
    const [, owner = '', kind] = /^(.+)['’]s (full JID|JID)$/.exec(name) ?? [];
    // A bare address is known before its client has connected.
    const jid = jids.get(owner) ?? script.clients.find((one) => one.name === owner)?.jid;
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
