/** A run as text: what it began with, what was done by hand, how far it had come. The rest follows from these. */

import { type FragmentKind, type LinkMade, packFragment, unpackFragment } from '../../../share/fragment.ts';
import { type Refusal, refuse } from '../../../share/refusal.ts';
import type { Action, RunSetup } from '../../net/run-setup.ts';
import type { SimTime } from '../../stack/time.ts';
import { LAB_MARKER, LAB_VERSION, labHeadSchema, labSchema } from './lab-schema.ts';
import { MAX_LAB_JSON_BYTES } from './limits.ts';

/** A run that can be repeated. */
export interface KeptRun {
  readonly experiment: string;
  readonly setup: RunSetup;
  readonly actions: readonly Action[];
  readonly at: SimTime;
}

/** What opening gives. */
export type OpenedRun = { readonly ok: true; readonly run: KeptRun } | Refusal;

const LAB: FragmentKind = { letter: 'l', maxBytes: MAX_LAB_JSON_BYTES };

/** The text of a run. */
export function runJson(run: KeptRun): string {
  return JSON.stringify({ porthole: LAB_MARKER, version: LAB_VERSION, ...run });
}

/** Checks every value and bound of a text. Never throws. */
export function openRunJson(json: string): OpenedRun {
  const value = parsed(json);
  const head = labHeadSchema.safeParse(value);
  if (!head.success) return refuse(value === undefined ? 'damaged' : 'no-recording');
  if (head.data.version > LAB_VERSION) return refuse('too-new');
  const whole = labSchema.safeParse(value);
  if (!whole.success) return refuse('malformed', whole.error.issues[0]?.path.join('.'));
  const { experiment, setup, actions, at } = whole.data;
  return { ok: true, run: { experiment, setup, actions, at } };
}

/** Packs a run into a fragment (without `#`), if it fits. */
export function runFragment(run: KeptRun): Promise<LinkMade> {
  return packFragment(LAB, runJson(run));
}

/** The run in a fragment. Never throws. */
export async function openRunFragment(hash: string): Promise<OpenedRun> {
  const unpacked = await unpackFragment(LAB, hash);
  return unpacked.ok ? openRunJson(unpacked.text) : unpacked;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // SyntaxError, or RangeError where an engine's stack ends before the brackets do: either way it is no run.
    return undefined;
  }
}
