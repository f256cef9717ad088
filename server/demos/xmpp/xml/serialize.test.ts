import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NS } from '../namespaces.ts';
import { type XmlElement, xml } from './element.ts';
import { serialize } from './serialize.ts';
import { TreeBuilder } from './tree-builder.ts';

describe('an element as text', () => {
  it.each([
    ['needs no namespace where it stands in its own', xml(NS.client, 'presence', { to: 'a' }), "<presence to='a'/>"],
    ['names another one', xml('urn:a', 'b'), "<b xmlns='urn:a'/>"],
    ['goes back to none', xml(NS.client, 'a', {}, xml('', 'b')), "<a><b xmlns=''/></a>"],
    [
      'has the prefix of the stream',
      xml(NS.streams, 'features', {}, xml('urn:a', 'b')),
      "<stream:features><b xmlns='urn:a'/></stream:features>",
    ],
    [
      'escapes what is markup',
      xml(NS.client, 'a', { b: `<&'">` }, `<&>'"`),
      `<a b='&lt;&amp;&apos;&quot;&gt;'>&lt;&amp;&gt;'"</a>`,
    ],
    ['keeps space in attributes', xml(NS.client, 'a', { b: '\t\r\n' }), "<a b='&#9;&#13;&#10;'/>"],
    ['leaves out what is not given', xml(NS.client, 'a', { b: undefined, c: null, d: 0 }), "<a d='0'/>"],
  ])('%s', (_, element, text) => {
    expect(serialize(element, NS.client)).toBe(text);
  });

  it('says the prefix of a stream where there is none around', () => {
    expect(serialize(xml(NS.streams, 'error'))).toBe(
      "<stream:error xmlns='http://etherx.jabber.org/streams' xmlns:stream='http://etherx.jabber.org/streams'/>".replace(
        " xmlns='http://etherx.jabber.org/streams'",
        '',
      ),
    );
  });

  const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,5}$/);
  const value = fc
    .string({ unit: 'grapheme', maxLength: 8 })
    .map((text) => text.replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, '\t'));
  const { tree } = fc.letrec<{ tree: XmlElement; node: XmlElement | string }>((tie) => ({
    node: fc.oneof(
      { depthSize: 'small' },
      value.filter((text) => text !== ''),
      tie('tree'),
    ),
    tree: fc
      .tuple(
        fc.constantFrom(NS.client, 'urn:a', "urn:'b'"),
        name,
        fc.dictionary(name, value, { maxKeys: 3 }),
        fc.array(tie('node'), { maxLength: 3 }),
      )
      .map(([ns, tag, attrs, children]) => xml(ns, tag, attrs, ...children)),
  }));

  it('is read back as it was', () => {
    fc.assert(
      fc.property(tree, (element) => {
        const heard: XmlElement[] = [];
        const builder = new TreeBuilder({ opened: () => {}, element: (one) => heard.push(one), closed: () => {} });
        builder.write(`<stream xmlns='${NS.client}'>${serialize(element, NS.client)}`);
        expect(heard.map((one) => serialize(one, NS.client))).toEqual([serialize(element, NS.client)]);
      }),
    );
  });
});
