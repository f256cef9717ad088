/** Messages between the core's form and the service's. What other protocols do not know goes along as `native`. */
import type { Files } from '../../chat/files.ts';
import type { Draft, Message } from '../../chat/message.ts';
import { Problem } from './problem.ts';
import type { Content, MessageForm } from './schemas.ts';

/** The name of this protocol where sessions are listed. */
export const PROTOCOL = 'hosted';

/** What the core is to keep and deliver; for those who speak something else, a body that says the same in words. */
export function draftOf(content: Content, files: Files, clientId: string | undefined): Draft {
  const once = clientId === undefined ? {} : { clientId, once: true };
  if (content.type === 'text') return { body: content.text, ...once };
  if (content.type === 'image' || content.type === 'file') {
    const stored = files.get(content.file);
    if (!stored) throw new Problem('bad-file', 'Nothing was uploaded under this id.');
    const { name, type, sizeBytes, path } = stored;
    return { body: content.text, file: { url: path, name, type, sizeBytes }, native: nativeOf(content), ...once };
  }
  return { body: bodyOf(content), native: nativeOf(content), ...once };
}

function nativeOf(content: Content): NonNullable<Draft['native']> {
  return { protocol: PROTOCOL, value: content, bytes: Buffer.byteLength(JSON.stringify(content)) };
}

/** What somebody reads who sees the message over lines, JSON or XMPP. */
function bodyOf(content: Exclude<Content, { type: 'text' | 'image' | 'file' }>): string {
  switch (content.type) {
    case 'location':
      return `${content.address} (${content.latitude}, ${content.longitude})`.trim();
    case 'command':
      return `[${content.action}]`;
    case 'custom':
      return `[${content.event}]`;
  }
}

/** A message as the service tells it. One from elsewhere is a text, or a file. */
export function messageForm(message: Message): MessageForm {
  return {
    id: message.id,
    timestamp: message.atMs,
    from: message.from.nick,
    to: { type: message.to.type === 'user' ? 'user' : 'group', name: message.to.name },
    content: contentOf(message),
    client_id: message.clientId,
  };
}

function contentOf({ native, file, body }: Message): unknown {
  if (native?.protocol === PROTOCOL) return native.value;
  return file ? { type: 'file', url: file.url, name: file.name, text: body } : { type: 'text', text: body };
}
