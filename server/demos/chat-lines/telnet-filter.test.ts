import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_SUBNEGOTIATION_BYTES } from './limits.ts';
import { TelnetFilter } from './telnet-filter.ts';

/** What the filter lets through and answers when the octets come in these chunks. */
function filtered(chunks: readonly Uint8Array[]): { text: string; answers: string } {
  const answers: Buffer[] = [];
  const filter = new TelnetFilter((bytes) => answers.push(bytes));
  const text = Buffer.concat(chunks.map((chunk) => filter.strip(Buffer.from(chunk))));
  return { text: text.toString('latin1'), answers: Buffer.concat(answers).toString('hex') };
}

function splitAt(bytes: Uint8Array, at: number): Uint8Array[] {
  return [bytes.subarray(0, at), bytes.subarray(at)];
}

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');

describe('the telnet filter', () => {
  it.each([
    // IAC WILL NAWS, IAC DO TIMING-MARK
    ['options are refused', '6f 6b fffb1f fffd06 0d0a', 'ok\r\n', 'fffe1ffffc06'],
    // IAC WONT ECHO, IAC DONT ECHO
    ['refusals are not answered', '61 fffc01 fffe01 62', 'ab', ''],
    // IAC IP, IAC DM, IAC NOP, IAC AYT
    ['commands are dropped', '61 fff4 fff2 fff1 fff6 62', 'ab', ''],
    // IAC SB NAWS 0 80 IAC IAC 24 IAC SE
    ['subnegotiations are dropped', '61 fffa1f0050ffff18fff0 62', 'ab', ''],
    ['IAC IAC is the octet 255', '61 ffff 62', 'a\u00ffb', ''],
    ['CR NUL ends a line as CR LF does', '61 0d00 62 0d0a', 'a\r\nb\r\n', ''],
    ['NUL alone stays', '61 00 62', 'a\0b', ''],
  ])('%s, wherever the chunk ends', (_name, bytes, text, answers) => {
    const sent = hex(bytes);
    for (let at = 0; at <= sent.length; at += 1) {
      expect(filtered(splitAt(sent, at))).toEqual({ text, answers });
    }
  });

  it('gives up on a subnegotiation without an end', () => {
    const endless = Buffer.concat([
      hex('fffa18'),
      Buffer.alloc(2 * MAX_SUBNEGOTIATION_BYTES, 'x'),
      Buffer.from('\nhi\n'),
    ]);
    expect(filtered([endless]).text).toMatch(/^x+\nhi\n$/);
  });

  it('hands on the very chunk when it has nothing to take out', () => {
    const chunk = Buffer.from('grüß dich\r\n');
    expect(new TelnetFilter(() => {}).strip(chunk)).toBe(chunk);
  });

  it('gives the same under any chunking', () => {
    const octet = fc.oneof(fc.constantFrom(0, 10, 13, 240, 250, 251, 253, 255), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(fc.array(octet, { maxLength: 60 }), fc.array(fc.nat(60), { maxLength: 6 }), (octets, cuts) => {
        const bytes = Buffer.from(octets);
        const at = [0, ...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length];
        const chunks = at.slice(1).map((end, index) => bytes.subarray(at[index], end));
        expect(filtered(chunks)).toEqual(filtered([bytes]));
      }),
    );
  });
});
