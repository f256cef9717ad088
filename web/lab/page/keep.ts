/** What the browser keeps of the lab, so that the page comes back as it was left: also after a program took it down. */
import { type KeptRun, openRunJson, runJson } from './share/lab-json.ts';
import { MAX_LAB_JSON_BYTES } from './share/limits.ts';

/** The browser's storage, as far as it is needed. */
export interface LabStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): unknown;
}

const RUN_KEY = 'porthole.lab';

/** Stands while programs run; whoever finds it on arriving knows that the page ended in the middle. */
const BUSY_KEY = 'porthole.lab.busy';

/** Keeps a run, unless it is too long to be kept. */
export function keepRun(storage: LabStorage, run: KeptRun): void {
  const json = runJson(run);
  if (json.length <= MAX_LAB_JSON_BYTES) storage.setItem(RUN_KEY, json);
}

/** The run that was kept; `null` where there is none, or where it is not what it should be. */
export function keptRun(storage: LabStorage): KeptRun | null {
  const json = storage.getItem(RUN_KEY);
  const opened = json === null ? null : openRunJson(json);
  return opened?.ok ? opened.run : null;
}

/** Notes that programs run, or no longer do. */
export function noteBusy(storage: LabStorage, busy: boolean): void {
  storage.setItem(BUSY_KEY, busy ? 'yes' : '');
}

/** Whether the page ended while programs ran. */
export function wasBusy(storage: LabStorage): boolean {
  return storage.getItem(BUSY_KEY) === 'yes';
}
