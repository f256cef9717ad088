/** A recording in the fragment of an address: `#r1.` and the recording's JSON, packed as fragment.ts says. */
import { type FragmentKind, isFragmentOf, type LinkMade, packFragment, unpackFragment } from './fragment.ts';
import { MAX_LINK_JSON_BYTES } from './limits.ts';
import { type Opened, openJson } from './recording-json.ts';

export type { LinkMade } from './fragment.ts';

/** Where a shared recording is shown. */
export const SHARED_PATH = '/shared';

const RECORDING: FragmentKind = { letter: 'r', maxBytes: MAX_LINK_JSON_BYTES };

/** Packs a recording's JSON into a fragment (without `#`), if it fits MAX_FRAGMENT_CHARS. */
export function makeFragment(json: string): Promise<LinkMade> {
  return packFragment(RECORDING, json);
}

/** Opens what a fragment holds, with or without its `#`. Never throws. */
export async function openFragment(hash: string): Promise<Opened> {
  const unpacked = await unpackFragment(RECORDING, hash);
  return unpacked.ok ? openJson(unpacked.text) : unpacked;
}

/** The fragment in a pasted text (an address, or the fragment alone), without `#`; empty where there is none. */
export function fragmentIn(text: string): string {
  const fragment = text.slice(text.lastIndexOf('#') + 1).trim();
  return isFragmentOf(RECORDING, fragment) ? fragment : '';
}
