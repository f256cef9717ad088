import { expect, it } from 'vitest';
import { fuzzXmpp } from './xmpp.ts';

it('the XMPP server survives five hundred broken streams, each with a defined end (npm run fuzz: 200,000)', async () => {
  const { bound, errors } = await fuzzXmpp(500, 6_120);
  // Most must still get in, or nothing deep is reached.
  expect(bound).toBeGreaterThan(200);
  expect(errors.get('not-well-formed')).toBeGreaterThan(10);
  expect(errors.get('restricted-xml')).toBeGreaterThan(10);
});
