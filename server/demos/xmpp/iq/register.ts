/** Making an account, changing its password, ending it. https://xmpp.org/extensions/xep-0077.html */
import { type AccountRefusal, DEMO_USERS } from '../../../chat/accounts.ts';
import { MAX_REGISTRATIONS_PER_STREAM } from '../limits.ts';
import { NS } from '../namespaces.ts';
import { errorReply, StanzaError } from '../stanza-error.ts';
import type { Stream } from '../stream/stream.ts';
import { type XmlElement, xml } from '../xml/element.ts';
import type { XmppServer } from '../xmpp-server.ts';
import type { IqEntry, IqRequest } from './iq.ts';
import { resultOf } from './table.ts';

/** For who is logged in; before that see `registerBeforeLogin`. */
export const register: IqEntry = {
  ns: NS.register,
  name: 'query',
  at: ['account', 'server'],
  get: ({ user }) =>
    xml(
      NS.register,
      'query',
      {},
      xml(NS.register, 'registered'),
      xml(NS.register, 'username', {}, user.name),
      xml(NS.register, 'password'),
    ),
  set: (request) => {
    if (request.payload.child('remove')) return remove(request);
    void changePassword(request);
    return 'answered';
  },
};

/** An iq on a stream that is not logged in: the form, or a new account. */
export async function registerBeforeLogin(server: XmppServer, stream: Stream, iq: XmlElement): Promise<void> {
  try {
    const query = iq.child('query', NS.register);
    if (!query || !iq.attrs.id) throw new StanzaError('bad-request');
    if (iq.attrs.type === 'get') stream.send(resultOf(iq, form()));
    else if (iq.attrs.type === 'set') {
      await create(server, stream, query);
      stream.send(resultOf(iq, null));
    }
  } catch (error) {
    if (!(error instanceof StanzaError)) throw error;
    stream.send(errorReply(iq, error));
  }
}

function form(): XmlElement {
  return xml(
    NS.register,
    'query',
    {},
    xml(NS.register, 'instructions', {}, 'Choose a user name and a password. Both are forgotten when Porthole ends.'),
    xml(NS.register, 'username'),
    xml(NS.register, 'password'),
  );
}

async function create(server: XmppServer, stream: Stream, query: XmlElement): Promise<void> {
  if (stream.countRegistration() > MAX_REGISTRATIONS_PER_STREAM) {
    throw new StanzaError('resource-constraint', `${MAX_REGISTRATIONS_PER_STREAM} accounts a connection.`);
  }
  const made = await server.chat.accounts.register(
    query.childText('username') ?? '',
    query.childText('password') ?? '',
  );
  if ('refused' in made) throw refusal(made.refused);
}

async function changePassword({ server, session, user, iq, payload }: IqRequest): Promise<void> {
  const isOwn = server.nameKey(payload.childText('username') ?? user.name) === user.name;
  const done = isOwn && (await server.chat.accounts.setPassword(user.name, payload.childText('password') ?? ''));
  session.send(done ? resultOf(iq, null) : errorReply(iq, new StanzaError('not-acceptable', 'That is no password.')));
}

function remove({ server, session, user, iq }: IqRequest): 'answered' {
  if (DEMO_USERS.some((name) => name === user.name)) {
    throw new StanzaError('not-allowed', 'The demo accounts stay.');
  }
  session.send(resultOf(iq, null));
  server.removeUser(user);
  return 'answered';
}

function refusal(reason: AccountRefusal): StanzaError {
  switch (reason) {
    case 'name-taken':
      return new StanzaError('conflict', 'There is an account of this name.');
    case 'bad-name':
    case 'bad-password':
      return new StanzaError('not-acceptable', 'The name or the password can’t be one.');
    case 'too-many-accounts':
      return new StanzaError('resource-constraint', 'There are too many accounts.');
    default:
      return reason satisfies never;
  }
}
