/** The shell commands of a script: settings are taken over, everything else is skipped and counted. */
import { applyRoute, applySysctl } from './apply-sysctl.ts';
import type { Settings } from './settings.ts';
import { sysctlsOf } from './sysctl.ts';

/** Takes what `sysctl` and `ip route` would set into the settings of the run. */
export class Commands {
  /** Commands that hold nothing we could take over. */
  skipped = 0;
  /** Names of settings for which our stack has nothing. */
  readonly ignored = new Set<string>();
  readonly #settings: Settings;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  run(command: string): void {
    const { tcp } = this.#settings;
    const sysctls = sysctlsOf(command);
    for (const sysctl of sysctls) if (!applySysctl(tcp, sysctl)) this.ignored.add(sysctl.name);
    if (!applyRoute(tcp, command) && sysctls.length === 0) this.skipped += 1;
  }
}
