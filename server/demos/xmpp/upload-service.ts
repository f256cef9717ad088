/** Places for files, which are uploaded and fetched over HTTP. https://xmpp.org/extensions/xep-0363.html */
import { FILE_TYPES, type FileRefusal, type Files } from '../../chat/files.ts';
import { MAX_FILE_BYTES } from '../../chat/limits.ts';
import type { Draft, FileReference } from '../../chat/message.ts';
import { infoOf } from './iq/disco.ts';
import { resultOf } from './iq/table.ts';
import { nativeOf } from './message-stanza.ts';
import { NS } from './namespaces.ts';
import type { Service } from './service.ts';
import type { Session } from './session.ts';
import { StanzaError } from './stanza-error.ts';
import { type XmlElement, xml } from './xml/element.ts';

/** What the service hands out places from. */
export interface UploadOptions {
  readonly files: Files;
  /** Address of the page, without a slash at its end; `null`: there is none, so there are no uploads. */
  readonly pageUrl: () => string | null;
}

/** Path of a file below the page's address. */
const FILE_PATH = /\/api\/files\/([\w-]+)\/[^/]+$/;

/** The service of a domain. */
export class UploadService implements Service {
  readonly domain: string;
  readonly identity = { category: 'store', type: 'file', name: 'Files' } as const;
  readonly #options: UploadOptions;

  constructor(domain: string, options: UploadOptions) {
    this.domain = `upload.${domain}`;
    this.#options = options;
  }

  /** See `Service`. */
  receive(session: Session, stanza: XmlElement): void {
    const { type } = stanza.attrs;
    if (stanza.name !== 'iq' || type === 'result' || type === 'error') return;
    const [payload] = stanza.elements;
    if (payload?.is(NS.discoInfo, 'query')) session.send(resultOf(stanza, infoOf([this.identity], FEATURES, limits())));
    else if (payload?.is(NS.httpUpload, 'request')) session.send(resultOf(stanza, this.#slot(payload)));
    else throw new StanzaError('service-unavailable');
  }

  /** The file that an address leads to, if it is one of ours and has been uploaded. */
  find(url: string): FileReference | null {
    const id = FILE_PATH.exec(url)?.[1];
    const file = id === undefined ? null : this.#options.files.get(id);
    return file ? { url, name: file.name, type: file.type, sizeBytes: file.sizeBytes } : null;
  }

  /** What a message with a body says: words, or a file of ours that it links to (XEP-0066), or both. */
  draftOf(stanza: XmlElement, body: string): Draft {
    const url = stanza.child('x', NS.outOfBand)?.childText('url');
    const file = url === undefined ? null : this.find(url);
    // The address is in the body for clients that know no better; whoever is shown the file needs no address.
    const words = file && body.endsWith(file.url) ? body.slice(0, -file.url.length).trimEnd() : body;
    return { body: words, file, clientId: stanza.attrs.id ?? null, native: nativeOf(stanza) };
  }

  #slot({ attrs }: XmlElement): XmlElement {
    const base = this.#options.pageUrl();
    if (base === null) throw new StanzaError('service-unavailable', 'There is no page to upload to.');
    const facts = {
      name: attrs.filename ?? '',
      type: mediaType(attrs['content-type']),
      sizeBytes: /^\d{1,12}$/.test(attrs.size ?? '') ? Number(attrs.size) : Number.NaN,
    };
    const place = this.#options.files.reserve(facts);
    if ('refused' in place) throw refusal(place.refused);
    const url = base + place.path;
    return xml(NS.httpUpload, 'slot', {}, xml(NS.httpUpload, 'put', { url }), xml(NS.httpUpload, 'get', { url }));
  }
}

/** What browsers are not to be shown is kept as octets. */
function mediaType(text = ''): string {
  return FILE_TYPES.has(text.split(';', 1)[0]?.trim().toLowerCase() ?? '') ? text : 'application/octet-stream';
}

const FEATURES = [NS.discoInfo, NS.httpUpload] as const;

function limits(): XmlElement {
  const value = (text: string): XmlElement => xml(NS.forms, 'value', {}, text);
  return xml(
    NS.forms,
    'x',
    { type: 'result' },
    xml(NS.forms, 'field', { var: 'FORM_TYPE', type: 'hidden' }, value(NS.httpUpload)),
    xml(NS.forms, 'field', { var: 'max-file-size' }, value(String(MAX_FILE_BYTES))),
  );
}

function refusal(refused: FileRefusal): StanzaError {
  switch (refused) {
    case 'file-size':
      return new StanzaError('not-acceptable', `A file has from 1 to ${MAX_FILE_BYTES} octets.`, [tooLarge()]);
    case 'file-type':
      return new StanzaError('not-acceptable', 'Files of this type are not taken.');
    case 'bad-file-name':
      return new StanzaError('bad-request', 'A file needs a name, without slashes.');
    default:
      return refused satisfies never;
  }
}

/** Says the limit (XEP-0363). */
function tooLarge(): XmlElement {
  return xml(NS.httpUpload, 'file-too-large', {}, xml(NS.httpUpload, 'max-file-size', {}, String(MAX_FILE_BYTES)));
}
