import type { ChallengeInfo } from '#protocol/check.ts';
import type { LessonProgress } from '#protocol/progress.ts';

/** Beside the stages, kept once a whole run has passed. No stage has this id. */
export const PASSED = 'passed';

/** How far a learner is in a challenge. A stage once passed stays so. */
export interface ChallengeStanding {
  readonly points: number;
  readonly outOf: number;
  readonly passed: boolean;
}

/** Counts the points of the stages that have passed. */
export function challengeStanding({ stages }: ChallengeInfo, { steps }: LessonProgress): ChallengeStanding {
  const sum = (list: ChallengeInfo['stages']): number => list.reduce((points, stage) => points + stage.points, 0);
  return {
    points: sum(stages.filter(({ id }) => steps[id] !== undefined)),
    outOf: sum(stages),
    passed: steps[PASSED] !== undefined,
  };
}
