import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import * as z from 'zod/mini';
import { chatEventSchema } from '#protocol/chat-event.ts';
import { chatRequestSchema } from '#protocol/chat-request.ts';

/** Where the schema of the protocol is published. */
export const SCHEMA_FILE = new URL('../../../../docs/chat-json.schema.json', import.meta.url);

/** The JSON schema (draft 2020-12) as it follows from what the server checks by. */
export function publishedSchema(): string {
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'The chat by JSON of Porthole: one object a line',
    anyOf: [{ $ref: '#/$defs/request' }, { $ref: '#/$defs/event' }],
    $defs: {
      request: { title: 'What a client sends', ...withoutDialect(z.toJSONSchema(chatRequestSchema, { io: 'input' })) },
      event: { title: 'What the server sends', ...withoutDialect(z.toJSONSchema(chatEventSchema, { io: 'input' })) },
    },
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

function withoutDialect({ $schema: _dialect, ...schema }: Record<string, unknown>): Record<string, unknown> {
  return schema;
}

/** Checks a value against a part of the published file; answers what is wrong, or an empty string. */
export function problemsBySchema(part: 'request' | 'event', value: unknown): string {
  const validate = validators()[part];
  return validate(value) ? '' : JSON.stringify(validate.errors);
}

let made: ReturnType<typeof compile> | null = null;

function validators(): ReturnType<typeof compile> {
  made ??= compile();
  return made;
}

function compile() {
  const ajv = new Ajv2020({ allErrors: true, strict: true });
  ajv.addSchema(JSON.parse(readFileSync(SCHEMA_FILE, 'utf8')), 'chat');
  return {
    request: ajv.compile({ $ref: 'chat#/$defs/request' }),
    event: ajv.compile({ $ref: 'chat#/$defs/event' }),
  };
}
