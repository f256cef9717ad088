/** The numbers of one direction of the wire, as a learner sets them: unit, bounds, and the way of a slider. */
import type { LinkSettings } from '../../net/link-settings.ts';

/** Keys of LinkSettings that the panel shows. */
export type LinkKey = keyof LinkSettings;

/** One number. */
export interface LinkField {
  readonly key: LinkKey;
  readonly unit: 'ms' | '%' | 'kb/s' | 'KiB' | 'B';
  /** Settings for one of the unit. */
  readonly per: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** A slider moves by factors, not by steps: its range spans magnitudes. */
  readonly curved: boolean;
  /** `null` is a choice: without limit. It is the right end of the slider. */
  readonly optional: boolean;
}

const field = (key: LinkKey, part: Omit<LinkField, 'key' | 'curved' | 'optional'> & Partial<LinkField>): LinkField => ({
  curved: false,
  optional: false,
  ...part,
  key,
});

const rate = { unit: '%', per: 0.01, min: 0, max: 100, step: 0.1, curved: true } as const;

/** In the order of the panel. */
export const LINK_FIELDS: readonly LinkField[] = [
  field('delayUs', { unit: 'ms', per: 1_000, min: 0, max: 2_000, step: 0.1, curved: true }),
  field('jitterUs', { unit: 'ms', per: 1_000, min: 0, max: 500, step: 0.1, curved: true }),
  field('loss', rate),
  field('reorder', rate),
  field('reorderUs', { unit: 'ms', per: 1_000, min: 0, max: 500, step: 0.1, curved: true }),
  field('duplicate', rate),
  field('corrupt', rate),
  field('bandwidthBps', { unit: 'kb/s', per: 1_000, min: 8, max: 1_000_000, step: 1, curved: true, optional: true }),
  field('queueBytes', { unit: 'KiB', per: 1_024, min: 1, max: 1_024, step: 1, curved: true }),
  field('mtu', { unit: 'B', per: 1, min: 68, max: 9_000, step: 1 }),
];

/** Positions of a slider. */
export const SLIDER_STEPS = 200;

/** How strongly a curved slider favours small values. */
const CURVE = 3;

/** A value in its unit as a slider's position. */
export function sliderOf({ min, max, curved, optional }: LinkField, value: number | null): number {
  if (value === null) return SLIDER_STEPS;
  const last = optional ? SLIDER_STEPS - 1 : SLIDER_STEPS;
  const share = Math.min(1, Math.max(0, (value - min) / (max - min)));
  return Math.round((curved ? share ** (1 / CURVE) : share) * last);
}

/** A slider's position as a value in the field's unit, rounded to what can be read. */
export function settingAt({ min, max, step, curved, optional }: LinkField, position: number): number | null {
  if (optional && position >= SLIDER_STEPS) return null;
  const last = optional ? SLIDER_STEPS - 1 : SLIDER_STEPS;
  const share = Math.min(1, position / last);
  const value = min + (max - min) * (curved ? share ** CURVE : share);
  return Math.min(max, Math.max(min, rounded(value, step)));
}

/** Two figures that count, but no finer than a step. */
function rounded(value: number, step: number): number {
  if (value === 0) return 0;
  const figures = 10 ** (Math.floor(Math.log10(Math.abs(value))) - 1);
  const grain = Math.max(step, figures);
  return Number((Math.round(value / grain) * grain).toFixed(3));
}

/** What a setting is in the field's unit. */
export function readSetting({ key, per }: LinkField, settings: LinkSettings): number | null {
  const value = settings[key];
  return value === null ? null : Number((value / per).toFixed(3));
}

/** The setting that a number in the field's unit means. */
export function writeSetting({ key, per }: LinkField, settings: LinkSettings, value: number | null): LinkSettings {
  if (value === null) return { ...settings, [key]: null };
  const exact = value * per;
  return { ...settings, [key]: per < 1 ? Number(exact.toFixed(5)) : Math.round(exact) };
}

/** What was typed: a number within bounds, `null` for "without limit", or `undefined` for neither. */
export function readTyped({ min, max, optional }: LinkField, text: string): number | null | undefined {
  if (text.trim() === '') return optional ? null : undefined;
  const value = Number(text.replace(',', '.'));
  return Number.isFinite(value) && value >= min && value <= max ? value : undefined;
}
