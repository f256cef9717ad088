/** Tells with each presence which picture somebody has. https://xmpp.org/extensions/xep-0153.html */
import { createHash } from 'node:crypto';
import { NS } from './namespaces.ts';
import { type XmlElement, xml } from './xml/element.ts';

/** SHA-1 of the picture in a vCard, in hex; '' when it has none. */
export function pictureHash(vcard: XmlElement | null): string {
  const base64 = vcard?.child('PHOTO')?.childText('BINVAL') ?? '';
  return base64.trim() === '' ? '' : createHash('sha1').update(Buffer.from(base64, 'base64')).digest('hex');
}

/** The presence with the picture's hash, unless its client says something of that itself (XEP-0398). */
export function withPicture(presence: XmlElement, hash: string): XmlElement {
  if (presence.childIn(NS.vcardUpdate)) return presence;
  return presence.plus(xml(NS.vcardUpdate, 'x', {}, xml(NS.vcardUpdate, 'photo', {}, hash || null)));
}
