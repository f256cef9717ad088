import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { CHAT_ERROR_CODES } from '#protocol/chat-error-code.ts';
import { chatEventSchema } from '#protocol/chat-event.ts';
import { chatRequestSchema } from '#protocol/chat-request.ts';
import { problemsBySchema, publishedSchema, SCHEMA_FILE } from './testing/schema.ts';

const document = readFileSync(new URL('../../../docs/chat-json.md', import.meta.url), 'utf8');

/** `→ {…}` is sent by the client, `← {…}` by the server. */
const EXAMPLES = [...document.matchAll(/^(→|←) (\{.*\})$/gm)].map(([, arrow, json = '']) => ({
  part: arrow === '→' ? ('request' as const) : ('event' as const),
  json,
}));

describe('the published schema', () => {
  it('is what the server checks by (npx vitest run -u writes it anew)', async () => {
    await expect(publishedSchema()).toMatchFileSnapshot(fileURLToPath(SCHEMA_FILE));
  });

  it.each(EXAMPLES)('takes the example $json of the document', ({ part, json }) => {
    expect(problemsBySchema(part, JSON.parse(json))).toBe('');
  });

  it('has an example of every type in the document', () => {
    const shown = new Set(EXAMPLES.map(({ part, json }) => `${part} ${JSON.parse(json).type}`));
    const types = (part: string, options: readonly { shape: { type: { def: { values: readonly unknown[] } } } }[]) =>
      options.map(({ shape }) => `${part} ${shape.type.def.values[0]}`);
    const all = [
      ...types('request', chatRequestSchema.def.options as never),
      ...types('event', chatEventSchema.def.options as never),
    ];
    expect(all.length).toBeGreaterThan(25);
    expect(all.filter((type) => !shown.has(type))).toEqual([]);
  });

  it('has every error code explained in the document', () => {
    expect(CHAT_ERROR_CODES.filter((code) => !document.includes(`| \`${code}\` |`))).toEqual([]);
  });

  it.each([
    { type: 'login', user: 'alice' },
    { type: 'login', user: '', password: 'x' },
    { type: 'login', user: 'alice', password: 'x', heartbeatMs: 1 },
    { type: 'message', to: 'bob', body: 'no id' },
    { type: 'message', id: 'c1', to: 'bob', body: 7 },
    { type: 'nonsense' },
    { body: 'no type' },
    [[]],
    null,
    'text',
  ])('refuses %j, as the server does', (value) => {
    expect(problemsBySchema('request', value)).not.toBe('');
    expect(chatRequestSchema.safeParse(value).success).toBe(false);
  });
});
