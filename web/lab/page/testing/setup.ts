/** What a run of a test begins with. */
import { CLEAN_LINK } from '../../net/link-settings.ts';
import type { RunSetup } from '../../net/run-setup.ts';
import { DEFAULT_TCP_OPTIONS } from '../../stack/options.ts';

/** Two hosts on a clean wire without programs, with something changed. */
export function setup(part: Partial<RunSetup> = {}): RunSetup {
  return {
    seed: 7,
    hosts: {
      a: { name: 'alice', address: '10.0.0.1', tcp: DEFAULT_TCP_OPTIONS },
      b: { name: 'bob', address: '10.0.0.2', tcp: DEFAULT_TCP_OPTIONS },
    },
    wire: { a: CLEAN_LINK, b: CLEAN_LINK },
    rules: [],
    programs: { a: [], b: [] },
    ...part,
  };
}
