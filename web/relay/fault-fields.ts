import { MAX_FAULT_MS, type TcpFaults, type UdpFaults } from '#protocol/relay.ts';

/** One number that a direction's faults have, and how it is typed. */
export interface FaultField<Key extends string> {
  readonly key: Key;
  /** Shown behind the number: `ms`, `%`, `B/s`, `B`. */
  readonly unit: string;
  readonly max: number;
  readonly step: number;
  /** The number on the page for 1 of the contract: rates are typed in percent. */
  readonly scale: number;
  /** Empty means no bound (`null` in the contract), and 0 is not a value. */
  readonly optional: boolean;
}

type NumberKeys<T> = { [K in keyof T]: T[K] extends number | null ? K : never }[keyof T] & string;

const milliseconds = { unit: 'ms', max: MAX_FAULT_MS, step: 10, scale: 1, optional: false };
const percent = { unit: '%', max: 100, step: 1, scale: 100, optional: false };

/** What is typed for a direction of a TCP relay. */
export const TCP_FIELDS: readonly FaultField<NumberKeys<TcpFaults>>[] = [
  { key: 'latencyMs', ...milliseconds },
  { key: 'jitterMs', ...milliseconds },
  { key: 'bandwidth', unit: 'B/s', max: 1_000_000_000, step: 1, scale: 1, optional: true },
  { key: 'sliceBytes', unit: 'B', max: 65_536, step: 1, scale: 1, optional: true },
  { key: 'sliceGapMs', ...milliseconds },
];

/** What is typed for a direction of a UDP relay. */
export const UDP_FIELDS: readonly FaultField<NumberKeys<UdpFaults>>[] = [
  { key: 'lossRate', ...percent },
  { key: 'delayMs', ...milliseconds },
  { key: 'jitterMs', ...milliseconds },
  { key: 'reorderRate', ...percent },
  { key: 'duplicateRate', ...percent },
  { key: 'corruptRate', ...percent },
];

/** What is typed, as the contract has it; `undefined` when it is no number within the field's bounds. */
export function readField(field: FaultField<string>, typed: string): number | null | undefined {
  const text = typed.trim();
  if (text === '') return field.optional ? null : 0;
  const value = Number(text);
  const least = field.optional ? 1 : 0;
  if (!Number.isFinite(value) || value < least || value > field.max) return undefined;
  return field.scale === 1 ? Math.round(value) : value / field.scale;
}

/** What the contract has, as it is typed. */
export function writeField(field: FaultField<string>, value: number | null): string {
  return value === null ? '' : String(Math.round(value * field.scale * 100) / 100);
}
