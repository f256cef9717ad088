import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { payloadText } from './payload-text.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('payloadText', () => {
  it('escapes line ends and keeps letters of any script', () => {
    expect(payloadText(encode('hello\r\n'))).toBe('hello\\r\\n');
    expect(payloadText(encode('你好\t\\'))).toBe('你好\\t\\\\');
  });

  it('keeps the value of octets that are no UTF-8, such as telnet negotiation or half a character', () => {
    expect(payloadText(Uint8Array.of(0xff, 0xfd, 0x06))).toBe('\\xff\\xfd\\x06');
    expect(payloadText(Uint8Array.of(0x68, 0xe4, 0xbd))).toBe('h\\xe4\\xbd');
  });

  it('spells escape sequences and text-turning characters instead of passing them on', () => {
    expect(payloadText(encode('\u001b[31m'))).toBe('\\x1b[31m');
    expect(payloadText(encode('a\u202eb'))).toBe('a\\u{202e}b');
  });

  it('is cut at the asked length and says so', () => {
    expect(payloadText(encode('abcdef'), false, 4)).toBe('abcd…');
    expect(payloadText(encode('abcd'), true, 4)).toBe('abcd…');
    expect(payloadText(encode('abcd'), false, 4)).toBe('abcd');
  });

  it('never holds a control or format character, whatever the octets', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => !/[\p{Cc}\p{Cf}]/u.test(payloadText(bytes))));
  });
});
