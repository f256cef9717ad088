/** How fast simulated time goes. */

/** From a thousandth to a hundred times. */
export const SPEEDS = [1 / 1_000, 1 / 300, 1 / 100, 1 / 30, 1 / 10, 1 / 3, 1, 3, 10, 100] as const;

/** `1/30`, `3×`. */
export function speedText(speed: number): string {
  return speed < 1 ? `1/${Math.round(1 / speed)}` : `${speed}×`;
}
