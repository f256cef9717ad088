import { expect, it } from 'vitest';
import { FIELD_NAMES } from '#packets/fields.ts';
import { fieldKey, fieldWords } from './field-words.ts';

it('has a name and a sentence for every field of every header, and no others', () => {
  const keys = FIELD_NAMES.map(fieldKey).sort();
  expect(Object.keys(fieldWords.en).sort()).toEqual(keys);
  expect(Object.keys(fieldWords['zh-CN']).sort()).toEqual(keys);
});
