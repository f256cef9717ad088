/** What the header of a stream must say. https://www.rfc-editor.org/rfc/rfc6120#section-4.7 */
import { NS } from '../namespaces.ts';
import type { XmlElement } from '../xml/element.ts';
import { StreamError } from './stream-error.ts';

/** What is wrong with a client's header; `null`: nothing. Who leaves `to` out is let in: there is only one domain. */
export function headerProblem(header: XmlElement, domain: string): StreamError | null {
  const { xmlns, to, version } = header.attrs;
  if (header.name !== 'stream' || header.ns !== NS.streams) {
    return new StreamError('invalid-namespace', `A stream begins with <stream:stream> of ${NS.streams}.`);
  }
  if (xmlns !== undefined && xmlns !== NS.client) {
    return new StreamError('invalid-namespace', `Clients speak ${NS.client} here.`);
  }
  if (to !== undefined && to.toLowerCase() !== domain) {
    return new StreamError('host-unknown', `This server is called ${domain}.`);
  }
  if (!/^[1-9]\d{0,3}\.\d{1,4}$/.test(version ?? '')) {
    return new StreamError('unsupported-version', "XMPP 1.0 is spoken here: version='1.0'.");
  }
  return null;
}

/** A language tag as RFC 5646 has it, roughly; anything else is no language. */
const LANGUAGE = /^[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8}){0,8}$/;

/** The language that a header names for the stanzas to come. */
export function languageOf({ attrs }: XmlElement): string | undefined {
  const language = attrs['xml:lang'];
  return language !== undefined && LANGUAGE.test(language) ? language : undefined;
}
