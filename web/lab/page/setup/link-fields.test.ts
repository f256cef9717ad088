import { describe, expect, it } from 'vitest';
import { CLEAN_LINK } from '../../net/link-settings.ts';
import { LINK_FIELDS, readSetting, readTyped, SLIDER_STEPS, settingAt, sliderOf, writeSetting } from './link-fields.ts';

const fieldOf = (key: string) => {
  const field = LINK_FIELDS.find((each) => each.key === key);
  if (!field) throw new Error(`no field ${key}`);
  return field;
};

describe.each(LINK_FIELDS.map((field) => [field.key, field] as const))('the field %s', (_, field) => {
  it('goes through a slider and back without leaving its bounds', () => {
    for (let position = 0; position <= SLIDER_STEPS; position += 1) {
      const value = settingAt(field, position);
      if (value === null) expect(field.optional).toBe(true);
      else expect(value >= field.min && value <= field.max).toBe(true);
      expect(Math.abs(sliderOf(field, value) - position)).toBeLessThanOrEqual(field.curved ? 40 : 1);
    }
  });

  it('never falls while the slider rises', () => {
    const values = Array.from({ length: SLIDER_STEPS }, (_, at) => settingAt(field, at) ?? Number.POSITIVE_INFINITY);
    expect(values).toEqual([...values].sort((one, two) => one - two));
  });

  it('writes what it reads', () => {
    const value = readSetting(field, CLEAN_LINK);
    expect(writeSetting(field, CLEAN_LINK, value)).toEqual(CLEAN_LINK);
  });
});

describe('a typed number', () => {
  it('is taken within the bounds only', () => {
    expect(readTyped(fieldOf('loss'), '2,5')).toBe(2.5);
    expect(readTyped(fieldOf('loss'), '101')).toBeUndefined();
    expect(readTyped(fieldOf('mtu'), '67')).toBeUndefined();
    expect(readTyped(fieldOf('delayUs'), 'fast')).toBeUndefined();
  });

  it('may be left out where there need be no limit', () => {
    expect(readTyped(fieldOf('bandwidthBps'), ' ')).toBeNull();
    expect(readTyped(fieldOf('mtu'), '')).toBeUndefined();
  });
});
