/** Messages of earlier. https://xmpp.org/extensions/xep-0313.html, paged as https://xmpp.org/extensions/xep-0059.html has it */
import type { HistoryOwner, HistoryPage, HistoryQuery } from '../../../chat/history.ts';
import type { Message } from '../../../chat/message.ts';
import { Jid } from '../jid.ts';
import { MAX_ARCHIVE_PAGE } from '../limits.ts';
import { asSent } from '../message-stanza.ts';
import { NS } from '../namespaces.ts';
import { delayOf } from '../offline.ts';
import type { Session } from '../session.ts';
import { StanzaError } from '../stanza-error.ts';
import { type XmlElement, xml } from '../xml/element.ts';
import type { XmppServer } from '../xmpp-server.ts';
import type { IqEntry } from './iq.ts';
import { resultOf } from './table.ts';

/** Messages that fit, one stanza each, and where the page ends. */
export const archiveQuery: IqEntry = {
  ns: NS.archive,
  name: 'query',
  at: ['account'],
  get: () => formAnswer(),
  set: ({ server, session, user, iq, payload }) => {
    sendArchive(server, { session, iq, query: payload, owner: `user:${user.name}`, by: user.jid.bare });
    return 'answered';
  },
};

/** Which messages are kept: the first and the last. */
export const archiveMetadata: IqEntry = {
  ns: NS.archive,
  name: 'metadata',
  at: ['account'],
  features: [NS.archiveExtended],
  get: ({ server, user }) => metadataOf(server, `user:${user.name}`),
};

/** An answer about the ends of an archive. */
function metadataOf(server: XmppServer, owner: HistoryOwner): XmlElement {
  const end = (name: string, take: 'oldest' | 'newest'): XmlElement | null => {
    const [message] = server.chat.history.find(owner, { limit: 1, take }).messages;
    const timestamp = message ? new Date(message.atMs).toISOString() : '';
    return message ? xml(NS.archive, name, { id: message.id, timestamp }) : null;
  };
  return xml(NS.archive, 'metadata', {}, end('start', 'oldest'), end('end', 'newest'));
}

/** A query, and whose archive it is about. */
export interface ArchiveRequest {
  readonly session: Session;
  readonly iq: XmlElement;
  readonly query: XmlElement;
  readonly owner: HistoryOwner;
  /** Address of the archive; '' for the own one. */
  readonly by: string;
  /** As the archive shows a message. Default: as it was sent. */
  readonly show?: (message: Message) => XmlElement;
}

/** The fields of a query. */
export function formAnswer(): XmlElement {
  const field = (name: string, type: string, value?: string): XmlElement =>
    xml(NS.forms, 'field', { var: name, type }, value === undefined ? null : xml(NS.forms, 'value', {}, value));
  const form = xml(
    NS.forms,
    'x',
    { type: 'form' },
    field('FORM_TYPE', 'hidden', NS.archive),
    field('with', 'jid-single'),
    field('start', 'text-single'),
    field('end', 'text-single'),
    field('after-id', 'text-single'),
    field('before-id', 'text-single'),
  );
  return xml(NS.archive, 'query', {}, form);
}

/** Sends the messages that a query finds, then the result with the page's ends. */
export function sendArchive(server: XmppServer, request: ArchiveRequest): void {
  const { session, iq, query, owner, by } = request;
  const { page, asked } = find(server, owner, query);
  const { queryid } = query.attrs;
  const inOrder = query.child('flip-page') ? [...page.messages].reverse() : page.messages;
  for (const message of inOrder) {
    const stanza = request.show?.(message) ?? asSent(message, server);
    const forwarded = xml(NS.forward, 'forwarded', {}, delayOf(message.atMs), stanza);
    const result = xml(NS.archive, 'result', { id: message.id, queryid }, forwarded);
    session.send(xml(NS.client, 'message', { from: by, to: session.jid.toString() }, result));
  }
  const isComplete = page.complete && !asked.isEmpty;
  const fin = xml(NS.archive, 'fin', { complete: isComplete ? 'true' : null }, setOf(page));
  session.send(resultOf(iq, fin));
}

function find(server: XmppServer, owner: HistoryOwner, query: XmlElement) {
  const set = query.child('set', NS.resultSets);
  const max = Number(set?.childText('max') ?? MAX_ARCHIVE_PAGE);
  const limit = Number.isInteger(max) && max >= 0 ? Math.min(max, MAX_ARCHIVE_PAGE) : MAX_ARCHIVE_PAGE;
  const before = set?.childText('before');
  const after = set?.childText('after');
  const page = server.chat.history.find(owner, {
    ...filterOf(query, server.domain),
    limit,
    ...(after && { afterId: after }),
    ...(before && { beforeId: before }),
    take: before === undefined ? 'oldest' : 'newest',
  });
  if (page.unknownId) throw new StanzaError('item-not-found', 'The archive has no such message (any more).');
  return { page, asked: { isEmpty: limit === 0 } };
}

function filterOf(query: XmlElement, domain: string): HistoryQuery {
  const values = new Map<string, string>();
  for (const field of query.child('x', NS.forms)?.childrenNamed('field') ?? []) {
    values.set(field.attrs.var ?? '', field.childText('value') ?? '');
  }
  const other = values.get('with');
  return {
    ...(values.has('after-id') && { afterId: values.get('after-id') ?? '' }),
    ...(values.has('before-id') && { beforeId: values.get('before-id') ?? '' }),
    ...(other !== undefined && { with: accountOf(other, domain) }),
    ...(values.has('start') && { sinceMs: timeOf(values.get('start')) }),
    ...(values.has('end') && { untilMs: timeOf(values.get('end')) }),
  };
}

/** The core knows accounts; nothing was ever exchanged with any other address. */
function accountOf(text: string, domain: string): string {
  const jid = Jid.parse(text);
  if (!jid) throw new StanzaError('jid-malformed', 'with is no address.');
  return jid.domain === domain ? jid.local : jid.bare;
}

/** XEP-0082. */
function timeOf(text: string | undefined): number {
  const ms = Date.parse(text ?? '');
  if (Number.isNaN(ms)) throw new StanzaError('bad-request', 'A time is written like 2026-01-31T12:00:00Z.');
  return ms;
}

function setOf({ messages, count }: HistoryPage): XmlElement {
  const [first] = messages;
  const last = messages.at(-1);
  return xml(
    NS.resultSets,
    'set',
    {},
    first ? xml(NS.resultSets, 'first', {}, first.id) : null,
    last ? xml(NS.resultSets, 'last', {}, last.id) : null,
    xml(NS.resultSets, 'count', {}, String(count)),
  );
}
