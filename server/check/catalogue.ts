import type { Challenge } from './challenge.ts';
import { echo } from './challenges/echo.ts';

/** Every challenge, the easy ones first. */
export const CHALLENGES: readonly Challenge[] = [echo];

/** The challenge with this id. */
export function challengeById(id: string): Challenge | undefined {
  return CHALLENGES.find((challenge) => challenge.id === id);
}
