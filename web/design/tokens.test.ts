import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

/** WCAG 2.2: text needs 4.5:1 (1.4.3), controls and graphics 3:1 (1.4.11). */
const TEXT = 4.5;
const GRAPHICS = 3;

function tokensOf(selector: string): Record<string, string> {
  const start = css.indexOf(`${selector} {`);
  const block = css.slice(start, css.indexOf('\n}', start));
  return Object.fromEntries([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name, hex]) => [name, hex]));
}

const dark = tokensOf(':root');
const themes = { dark, light: { ...dark, ...tokensOf(':root[data-theme="light"]') } };

/** WCAG 2.2, "relative luminance". */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const surfaces = ['surface-0', 'surface-1', 'surface-2', 'surface-3', 'surface-well'];
const meanings = ['sent', 'received', 'attention', 'good', 'bad', 'info'];

test('the measure is WCAG’s', () => {
  expect(contrast('#000000', '#ffffff')).toBe(21);
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
});

describe.each(Object.entries(themes))('the %s theme', (_, tokens) => {
  const ratio = (a: string, b: string) => {
    const [first, second] = [tokens[a], tokens[b]];
    if (!first || !second) throw new Error(`no token ${first ? b : a}`);
    return contrast(first, second);
  };

  test.each(surfaces)('text can be read on %s', (surface) => {
    for (const text of ['text', 'text-dim', ...meanings]) {
      expect(ratio(text, surface), `${text} on ${surface}`).toBeGreaterThanOrEqual(TEXT);
    }
  });

  test.each(meanings)('%s can be read on its own tint', (meaning) => {
    expect(ratio(meaning, `${meaning}-soft`)).toBeGreaterThanOrEqual(TEXT);
  });

  test('controls and the focus ring stand out from every surface', () => {
    for (const surface of surfaces) {
      for (const line of ['line-strong', 'focus']) {
        expect(ratio(line, surface), `${line} on ${surface}`).toBeGreaterThanOrEqual(GRAPHICS);
      }
    }
  });

  test('the brass button can be read, hovered too', () => {
    expect(ratio('on-brass', 'brass')).toBeGreaterThanOrEqual(TEXT);
    expect(ratio('on-brass', 'brass-hover')).toBeGreaterThanOrEqual(TEXT);
  });

  test('selected text can still be read', () => {
    expect(ratio('text', 'selection')).toBeGreaterThanOrEqual(TEXT);
  });
});

test('the light theme says every colour anew', () => {
  const light = tokensOf(':root[data-theme="light"]');
  expect(Object.keys(light).sort()).toEqual(Object.keys(dark).sort());
});
