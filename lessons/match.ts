import { formatEndpoint } from '#protocol/address.ts';
import type { Evidence } from '#protocol/wire.ts';
import { TUPLE_PARTS, type TuplePart } from './checks.ts';
import { readableText } from './octets.ts';
import type { ConversationFacts, WireNow } from './wire-now.ts';

/** Conversations that a match names at the most; a check may hold for thousands. */
export const MAX_MATCH_CONVERSATIONS = 8;
/** Longest text quoted from the wire, in characters. */
const MAX_QUOTED_CHARS = 80;
/** Octets of the longest character in UTF-8 (RFC 3629 §3). */
const MAX_CHARACTER_BYTES = 4;

/** What satisfied a check: real events and conversations, nothing made up. */
export interface Match {
  /** The moment at which the check came to hold; see {@link WireNow}. */
  readonly moment: number;
  /** Wall clock of that moment in milliseconds. */
  readonly wallMs: number;
  /** In the order in which they opened. */
  readonly conversations: readonly ConversationFacts[];
  /** Octets that were seen, as far as they were recorded; `null` where the check is not about octets. */
  readonly octets: Uint8Array | null;
  /** How many octets went over the wire. */
  readonly bytes: number | null;
  /** errno name or reason of an event that failed. */
  readonly code: string | null;
  /** What else can be said: of a run of the lab, of packets, of the socket table. */
  readonly facts?: Facts;
  /** How it is known. Empty where nothing was seen: a level that holds by itself, an exercise. */
  readonly evidence: readonly Evidence[];
}

/** Names of {@link Facts}; a second conversation's have `-2` behind them, and so on. */
export const FACT_NAMES: readonly string[] = [
  'transport',
  'client',
  'server',
  ...TUPLE_PARTS,
  'demo',
  'terminal',
  'text',
  'bytes',
  'code',
];

/** What a lesson can say about a match, by name: `client`, `client-port`, `server`, `text`, `bytes`, `code`, `client-2` … */
export type Facts = Readonly<Record<string, string>>;

/** A match about nothing but the moment it holds: now. */
export function bareMatch({ moment, wallMs }: Pick<WireNow, 'moment' | 'wallMs'>): Match {
  return { moment, wallMs, conversations: [], octets: null, bytes: null, code: null, evidence: [] };
}

/** One match out of several that hold together. */
export function mergedMatch(matches: readonly Match[]): Match {
  const latest = matches.reduce((a, b) => (b.moment > a.moment ? b : a));
  const byId = new Map(matches.flatMap((match) => match.conversations).map((each) => [each.id, each]));
  const last = <T>(pick: (match: Match) => T | null) => matches.map(pick).findLast((each) => each !== null) ?? null;
  return {
    moment: latest.moment,
    wallMs: latest.wallMs,
    conversations: [...byId.values()].sort((a, b) => a.id - b.id).slice(0, MAX_MATCH_CONVERSATIONS),
    octets: last((match) => match.octets),
    bytes: last((match) => match.bytes),
    code: last((match) => match.code),
    facts: Object.assign({}, ...matches.map(({ facts }) => facts)) as Facts,
    evidence: [...new Set(matches.flatMap(({ evidence }) => evidence))],
  };
}

/** Which of the four numbers are not the same in all of these conversations. */
export function differingParts(conversations: readonly ConversationFacts[]): readonly TuplePart[] {
  return TUPLE_PARTS.filter((part) => new Set(conversations.map((each) => tuplePart(each, part))).size > 1);
}

function tuplePart(conversation: ConversationFacts, part: TuplePart): string {
  switch (part) {
    case 'client-address':
      return conversation.client.address;
    case 'client-port':
      return String(conversation.client.port);
    case 'server-address':
      return conversation.server.address;
    case 'server-port':
      return String(conversation.server.port);
  }
}

/** Everything that a lesson can say about a match. */
export function factsOf(match: Match): Facts {
  const facts: Record<string, string> = {};
  match.conversations.forEach((conversation, index) => {
    const suffix = index === 0 ? '' : `-${index + 1}`;
    for (const [name, value] of conversationFacts(conversation)) facts[name + suffix] = value;
  });
  if (match.octets) facts.text = quoted(match.octets);
  if (match.bytes !== null) facts.bytes = String(match.bytes);
  if (match.code !== null) facts.code = match.code;
  return Object.assign(facts, match.facts);
}

function conversationFacts(conversation: ConversationFacts): [string, string][] {
  const { client, server, transport, demo, terminal } = conversation;
  // A client that was gone at once, or never came to be one, has no address that could be named.
  const isKnown = (part: string): boolean => client.port > 0 || !part.startsWith('client');
  const facts: [string, string][] = [
    ['transport', transport.toUpperCase()],
    ['client', formatEndpoint(client)],
    ['server', formatEndpoint(server)],
    ...TUPLE_PARTS.map((part): [string, string] => [part, tuplePart(conversation, part)]),
  ];
  if (demo !== null) facts.push(['demo', demo]);
  if (terminal !== null) facts.push(['terminal', String(terminal)]);
  return facts.filter(([name]) => isKnown(name));
}

/** No more is decoded than may be quoted: what was seen can be long, and is quoted with every event that comes. */
function quoted(octets: Uint8Array): string {
  const text = readableText(octets.subarray(0, (MAX_QUOTED_CHARS + 1) * MAX_CHARACTER_BYTES));
  return text.length > MAX_QUOTED_CHARS ? `${text.slice(0, MAX_QUOTED_CHARS)}…` : text;
}
