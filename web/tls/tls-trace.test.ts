import { describe, expect, it } from 'vitest';
import { testWords } from '../i18n/testing.ts';
import { previewOf } from '../workbench/bytes/preview.ts';
import { aChunk, anEvent } from '../workbench/testing.ts';
import { TlsTrace } from './tls-trace.ts';
import { tlsNote } from './tls-words.ts';

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replace(/\s/g, ''), 'hex'));

/** Record: handshake, TLS 1.0, 66 octets; ClientHello of 62 octets: TLS 1.2, random, no session, one suite, SNI `localhost`. */
const CLIENT_HELLO = hex(
  `16 0301 0042 01 00003e 0303 ${'00'.repeat(32)} 00 0002 1301 01 00 0013 0000 000f 000d 00 000a 6c6f63616c686f737431`,
);

/** Record: alert, TLS 1.2, two octets: fatal, protocol_version. */
const ALERT = hex('15 0303 0002 02 46');
const ENCRYPTED = hex('17 0303 0003 010203');

const { i18n } = await testWords('en', ['tls']);

function notes(...pieces: readonly Uint8Array[]): (string | undefined)[] {
  const trace = new TlsTrace();
  const events = [anEvent(1, { kind: 'opened' }), ...pieces.map((piece, index) => aChunk(index + 2, piece))];
  trace.update(events, previewOf);
  const found = trace.bySeq();
  const t = i18n.getFixedT('en', 'tls');
  return pieces.map((_, index) => {
    const items = found.get(index + 2);
    return items && tlsNote(t, items);
  });
}

describe('the records of a conversation', () => {
  it('are named in the event that brought their first octet', () => {
    expect(notes(CLIENT_HELLO.subarray(0, 20), CLIENT_HELLO.subarray(20), ALERT)).toEqual([
      'ClientHello (TLS 1.2; SNI localhost1)',
      undefined,
      'Alert protocol_version (fatal)',
    ]);
  });

  it('of one event are named one after the other, and the same ones counted', () => {
    const three = Uint8Array.from([...ENCRYPTED, ...ENCRYPTED, ...ENCRYPTED, ...ALERT]);
    expect(notes(three)).toEqual(['3 × encrypted record + Alert protocol_version (fatal)']);
  });

  it('end where it is no TLS any more', () => {
    expect(notes(ENCRYPTED, new TextEncoder().encode('hello'), ALERT)).toEqual([
      'encrypted record',
      'no TLS from here on',
      undefined,
    ]);
  });
});
