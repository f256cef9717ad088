import { expect, it } from 'vitest';
import { challengeById } from '../../server/check/catalogue.ts';
import { lesson } from './lesson.ts';

it('asks for challenges that there are', () => {
  for (const { challenge } of lesson.challenges ?? []) expect(challengeById(challenge)?.id).toBe(challenge);
});
