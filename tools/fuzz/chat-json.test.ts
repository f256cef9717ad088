import { expect, it } from 'vitest';
import { fuzzChatJson } from './chat-json.ts';

it('the chat by JSON answers two thousand broken requests as its schema says, and goes on (npm run fuzz: 200,000)', async () => {
  const { answers } = await fuzzChatJson(2_000, 7_021);
  // Most must still be understood, or nothing deep is reached.
  for (const what of ['ack', 'not-json', 'malformed', 'unknown-type', 'history', 'joined', 'slot', 'line-too-long']) {
    expect(answers.get(what), what).toBeGreaterThan(2);
  }
});
