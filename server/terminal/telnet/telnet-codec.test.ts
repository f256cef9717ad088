import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_SUBNEGOTIATION_BYTES } from '../limits.ts';
import { createTelnetReader, escapeTelnet, TELNET, type TelnetToken, telnetNegotiation } from './telnet-codec.ts';

/** Tokens with neighbouring data joined, so that pieces do not matter; octets in hex. */
function read(...pieces: Uint8Array[]): string[] {
  const reader = createTelnetReader();
  const words: string[] = [];
  let data = '';
  const flush = () => {
    if (data !== '') words.push(`data ${data}`);
    data = '';
  };
  for (const token of pieces.flatMap((piece) => reader.push(piece))) {
    if (token.type === 'data') {
      data += Buffer.from(token.octets).toString('hex');
    } else {
      flush();
      words.push(wordOf(token));
    }
  }
  flush();
  return words;
}

function wordOf(token: TelnetToken): string {
  if (token.type === 'negotiation') return `${token.verb} ${token.option}`;
  if (token.type === 'subnegotiation') return `SB ${token.option} ${Buffer.from(token.octets).toString('hex')}`;
  return token.type === 'command' ? `command ${token.command}` : 'data';
}

const SAMPLE = Uint8Array.of(
  ...[0x68, 0x69], // hi
  ...[TELNET.IAC, TELNET.WILL, 1], // IAC WILL ECHO
  ...[0x61, TELNET.IAC, TELNET.IAC, 0x62], // a, 255, b
  ...[TELNET.IAC, TELNET.SB, 24, 1, TELNET.IAC, TELNET.IAC, 2, TELNET.IAC, TELNET.SE], // IAC SB 24 01 ff 02 IAC SE
  ...[TELNET.IAC, TELNET.AYT], // IAC AYT
  ...[0x0d, 0x00, 0x0d, 0x0a, 0x00], // CR NUL, CR LF, NUL
  ...[TELNET.IAC, TELNET.DONT, 3], // IAC DONT SGA
);
const SAMPLE_TOKENS = ['data 6869', 'WILL 1', 'data 61ff62', 'SB 24 01ff02', 'command 246', 'data 0d0d0a00', 'DONT 3'];

describe('the telnet codec', () => {
  it('tells data, negotiations, subnegotiations and commands apart', () => {
    expect(read(SAMPLE)).toEqual(SAMPLE_TOKENS);
  });

  it('does so wherever the octets are cut in two', () => {
    for (let at = 0; at <= SAMPLE.length; at += 1) {
      expect(read(SAMPLE.subarray(0, at), SAMPLE.subarray(at))).toEqual(SAMPLE_TOKENS);
    }
  });

  it('does so when every octet comes alone', () => {
    expect(read(...Array.from(SAMPLE, (octet) => Uint8Array.of(octet)))).toEqual(SAMPLE_TOKENS);
  });

  it('reads back any data that it has escaped', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.nat(), (octets, cutAt) => {
        // A CR is followed by NUL or LF in Telnet; alone it would take the NUL of the data with it.
        const data = octets.filter((octet) => octet !== 0);
        const sent = escapeTelnet(data);
        const at = cutAt % (sent.length + 1);
        const words = data.length === 0 ? [] : [`data ${Buffer.from(data).toString('hex')}`];
        expect(read(sent.subarray(0, at), sent.subarray(at))).toEqual(words);
      }),
    );
  });

  it('gives the same however any octets are cut', () => {
    const octet = fc.oneof(fc.constantFrom(TELNET.IAC, TELNET.SB, TELNET.SE, TELNET.WILL, 13, 0), fc.nat(255));
    fc.assert(
      fc.property(fc.array(octet), fc.nat(), (octets, cutAt) => {
        const all = Uint8Array.from(octets);
        const at = cutAt % (all.length + 1);
        expect(read(all.subarray(0, at), all.subarray(at))).toEqual(read(all));
      }),
    );
  });

  it('keeps no more of a subnegotiation than its bound', () => {
    const endless = new Uint8Array(MAX_SUBNEGOTIATION_BYTES * 4).fill(7);
    const [word = ''] = read(Uint8Array.of(TELNET.IAC, TELNET.SB, 1), endless, Uint8Array.of(TELNET.IAC, TELNET.SE));
    expect(word.length).toBe('SB 1 '.length + MAX_SUBNEGOTIATION_BYTES * 2);
  });

  it('takes a command inside a subnegotiation for the end of it', () => {
    expect(read(Uint8Array.of(TELNET.IAC, TELNET.SB, 1, 9, TELNET.IAC, TELNET.WILL, 3, 0x41))).toEqual([
      'SB 1 09',
      'WILL 3',
      'data 41',
    ]);
  });

  it('writes a negotiation as IAC, verb, option', () => {
    expect(telnetNegotiation('DONT', 24)).toEqual(Uint8Array.of(255, 254, 24));
  });
});
