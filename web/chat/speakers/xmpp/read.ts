/** What a speaker of XMPP is told, read out of stanzas. */
import type { CallStep } from '../../call.ts';
import { fileName, filePath } from '../file-path.ts';
import { type HeardMessage, LOBBY, type SharedFile } from '../speaker.ts';
import { childOf, type Xml } from '../xml.ts';
import { LOBBY_JID, NS, parseJid } from './stanzas.ts';

const STEPS: readonly CallStep[] = ['offer', 'answer', 'candidate', 'hangup'];

/** A message with a body, as `user` hears it; `null`: it has none. */
export function heardIn(message: Xml, user: string): HeardMessage | null {
  const body = childOf(message, 'body')?.text;
  if (body === undefined) return null;
  const { from = '', id = '' } = message.attributes;
  const { bare, user: account, resource } = parseJid(from);
  const isRoom = bare === LOBBY_JID;
  const name = isRoom ? resource : account;
  const stamp = childOf(message, 'delay', NS.delay)?.attributes.stamp;
  const url = (childOf(message, 'x', NS.outOfBand) ?? null)?.children.find((one) => one.name === 'url')?.text;
  const file = url === undefined ? null : linkedFile(url);
  return {
    id: isRoom ? (childOf(message, 'stanza-id')?.attributes.id ?? null) : id === '' ? null : id,
    clientId: id === '' ? null : id,
    from: name,
    with: isRoom ? LOBBY : name,
    own: isRoom && name === user,
    body: file && url !== undefined && body.endsWith(url) ? body.slice(0, -url.length).trimEnd() : body,
    file,
    atMs: stamp === undefined ? null : Date.parse(stamp),
  };
}

/** A step of a call; `null`: there is none. `from` is where the answer goes. */
export function callIn(message: Xml): { from: string; callId: string; step: CallStep; payload: string } | null {
  const call = childOf(message, 'call', NS.call);
  const step = STEPS.find((each) => each === call?.attributes.step);
  const { user, resource } = parseJid(message.attributes.from ?? '');
  if (!call || !step) return null;
  const from = resource === '' ? user : `${user}/${resource}`;
  return { from, callId: call.attributes.id ?? '', step, payload: call.text };
}

/** Who was put out of the lobby, in a presence that says so: `null` when it does not. */
export function putOutIn(presence: Xml): { readonly isSelf: boolean; readonly text: string } | null {
  const about = childOf(presence, 'x', NS.mucUser);
  const codes = about?.children.flatMap(({ name, attributes }) => (name === 'status' ? [attributes.code] : [])) ?? [];
  // XEP-0045 #registrar-statuscodes: 307 is kicked, 301 banned.
  if (!about || !codes.some((code) => code === '307' || code === '301')) return null;
  const item = childOf(about, 'item');
  const by = item && childOf(item, 'actor')?.attributes.nick;
  const reason = item && childOf(item, 'reason')?.text;
  const isSelf = codes.includes('110');
  const who = isSelf ? 'You were' : `${parseJid(presence.attributes.from ?? '').resource} was`;
  return { isSelf, text: `${who} put out${by ? ` by ${by}` : ''}${reason ? `: ${reason}` : isSelf ? '.' : ''}` };
}

/** The server's own words, else the name of the condition (RFC 6120 §8.3.2). */
export function errorText(stanza: Xml): string {
  const error = stanza.name === 'error' || stanza.name === 'failure' ? stanza : childOf(stanza, 'error');
  const text = error && childOf(error, 'text')?.text;
  return text || (error?.children[0]?.name ?? stanza.name);
}

/** A stream error after which the next stream may do (RFC 6120 §4.9.3.19, §4.9.3.4). */
export function isPassing({ name, children }: Xml): boolean {
  return (
    name === 'error' && children.some((one) => one.name === 'system-shutdown' || one.name === 'connection-timeout')
  );
}

/** A link says where a file is; what it is, the server has to be asked. */
function linkedFile(url: string): SharedFile | null {
  const path = filePath(url);
  return path === null ? null : { path, name: fileName(path), mime: '', sizeBytes: 0 };
}
