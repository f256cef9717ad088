import { describe, expect, it } from 'vitest';
import { XmlElement } from '../../server/demos/xmpp/xml/element.ts';
import { TreeBuilder } from '../../server/demos/xmpp/xml/tree-builder.ts';
import { differenceOf, SCANSION } from './match.ts';
import { parseScript } from './script.ts';

const HEAD =
  '# A talk\n\n[Client] Romeo\n\tjid: romeo@localhost/a\n\tpassword: secret\n\n[Client] Juliet’s phone\n\tjid: juliet@localhost\n\tresource: mobile\n\n-----\n\n';

describe('a script', () => {
  it('is clients and steps', () => {
    const script = parseScript(
      `${HEAD}Romeo connects\n\n# They talk.\n\nRomeo sends:\n\t<presence/>\n\nJuliet’s phone receives:\n\t<a>\n\n\t\t<b/>\n\t</a>\n\n-- Lua's\n--\t<c/>\n// vim: syntax=xml:\nRomeo receives: nothing\n\nRomeo receives nothing\n\nRomeo disconnects\n`,
    );
    expect(script.title).toBe('A talk');
    expect(script.clients).toEqual([
      { name: 'Romeo', jid: 'romeo@localhost/a', password: 'secret', resource: '' },
      { name: 'Juliet’s phone', jid: 'juliet@localhost', password: '', resource: 'mobile' },
    ]);
    expect(script.steps.map(({ type, client, line }) => `${line} ${client} ${type}`)).toEqual([
      '13 Romeo connects',
      '17 Romeo sends',
      '20 Juliet’s phone receives',
      '29 Romeo receives-nothing',
      '31 Romeo receives-nothing',
      '33 Romeo disconnects',
    ]);
  });

  it.each([
    ['no line of dashes', 'Romeo connects', 'line of dashes'],
    ['nobody of that name', `${HEAD}Tybalt connects\n`, 'line 13: there is no client Tybalt'],
    ['nothing to send', `${HEAD}Romeo sends:\n\nRomeo disconnects\n`, 'line 13: the stanza is missing'],
    ['what is no step', `${HEAD}Romeo waits\n`, 'line 13: this is no step'],
    ['a client without address', '[Client] Romeo\n\tpassword: x\n---\n', 'line 1: Romeo has no jid'],
  ])('is refused for %s', (_, text, message) => {
    expect(() => parseScript(text)).toThrow(message);
  });
});

describe('what is expected', () => {
  function element(text: string): XmlElement {
    let heard = new XmlElement('', 'none');
    const builder = new TreeBuilder({
      opened: () => {},
      element: (one) => {
        heard = one;
      },
      closed: () => {},
    });
    builder.write(`<x xmlns='jabber:client' xmlns:scansion='${SCANSION}'>${text}</x>`);
    return heard;
  }

  it.each([
    ["<a b='1'/>", "<a b='1' c='2'><d/></a>"],
    ['<a><b/><c/></a>', '<a><c/><b/></a>'],
    ['<a> text </a>', '<a>text</a>'],
    ["<a b='{scansion:any}'/>", "<a b=''/>"],
    ["<a b='x-{scansion:any}-y'/>", "<a b='x-123-y'/>"],
    ["<a scansion:strict='true' b='1'><c/></a>", "<a b='1'><c/></a>"],
    ["<a scansion:strict='true'><c scansion:strict='false'/></a>", "<a><c d='1'/></a>"],
  ])('%s fits %s', (wanted, got) => {
    expect(differenceOf(element(wanted), element(got), new Map())).toBeNull();
  });

  it.each([
    ["<a b='1'/>", "<a b='2'/>", 'b of <a/> is 2, not 1'],
    ["<a b='1'/>", '<a/>', '<a/> has no b'],
    ['<a/>', "<a xmlns='urn:x'/>", 'expected <a/> of jabber:client, got <a/> of urn:x'],
    ['<a>x</a>', '<a>y</a>', '<a/> says "y", not "x"'],
    ['<a><b/><b/></a>', '<a><b/></a>', '<a/> lacks'],
    ["<a scansion:strict='true'/>", "<a b='1'/>", '<a/> has b, which is not expected'],
    ["<a scansion:strict='true'/>", '<a><b/></a>', 'which is not expected'],
    ["<a><b c='1'/></a>", "<a><b c='2'/></a>", 'c of <b/> is 2, not 1'],
  ])('%s does not fit %s', (wanted, got, difference) => {
    expect(differenceOf(element(wanted), element(got), new Map())).toContain(difference);
  });

  it.each([
    [
      "<x xmlns='urn:x'><a/><b c='1'/></x>",
      "<x xmlns='urn:x'><b c='1'/><a/></x>",
      'in <x/>, which is strict: expected <a/>',
    ],
    ["<x xmlns='urn:x'><a/></x>", "<x xmlns='urn:x'><a/><b/></x>", 'which is not expected'],
    ["<x xmlns='urn:x'><a/></x>", "<x xmlns='urn:x'><a>text</a></x>", 'says "text"'],
    ["<x xmlns='urn:x'/>", "<x xmlns='urn:x' a='1'/>", 'which is not expected'],
  ])('%s does not fit %s by the rules of Scansion', (wanted, got, difference) => {
    const pair = [element(`<m>${wanted}</m>`), element(`<m a='1'>${got}<n/></m>`)] as const;
    expect(differenceOf(...pair, new Map(), { strictNamespaces: true })).toContain(difference);
    const lenient = wanted
      .replace('>', " scansion:strict='false'>")
      .replace("/ scansion:strict='false'>", " scansion:strict='false'/>");
    expect(differenceOf(element(`<m>${lenient}</m>`), pair[1], new Map(), { strictNamespaces: true })).toBeNull();
  });

  it('is remembered where the script says so', () => {
    const captures = new Map<string, string>();
    differenceOf(
      element("<a b='{scansion:capture:n}'><c>{scansion:capture:m}</c></a>"),
      element("<a b='7'><c>x y</c></a>"),
      captures,
    );
    expect([...captures]).toEqual([
      ['n', '7'],
      ['m', 'x y'],
    ]);
  });
});
