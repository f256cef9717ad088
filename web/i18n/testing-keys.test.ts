import { expect, it } from 'vitest';
import { unsaidKeys } from './testing-keys.ts';

const KEYS = ['title', 'empty.one', 'empty.two', 'row_one', 'row_other', 'field.tcp.label', 'field.tcp.why'];

/** Which keys of the room `chat` nobody says, when a file says this; `§{x}` stands for a template’s `${x}`. */
const unsaid = (text: string, path = '../chat/Seat.tsx') =>
  unsaidKeys('chat', KEYS, { [path]: text.replaceAll('§', '$') });

it('finds what nobody says', () => {
  expect(unsaid('')).toEqual(['title', 'empty.one', 'empty.two', 'row', 'field.tcp.label', 'field.tcp.why']);
});

it.each([
  ["t('title')", ['title']],
  ["t(isNew ? 'empty.one' : 'empty.two')", ['empty.one', 'empty.two']],
  ["t('row', { count })", ['row']],
  ['t(`empty.§{kind}`)', ['empty.one', 'empty.two']],
  ['t(`field.§{name}.why`)', ['field.tcp.why']],
  ['t(`§{key}.label`)', ['field.tcp.label']],
  ['`§{host}.§{port}` `§{x}`', []],
])('knows what %s says', (text, said) => {
  const left = unsaid(text);
  expect(unsaid('').filter((key) => !left.includes(key))).toEqual(said);
});

it('looks in other rooms only where they name this one', () => {
  expect(unsaid("t('title')", '../home/Home.tsx')).toContain('title');
  expect(unsaid("t('chat:title')", '../home/Home.tsx')).not.toContain('title');
  expect(unsaid("useTranslation('chat'); t('title')", '../home/Home.tsx')).not.toContain('title');
});
