import { settingsStorage } from '../design/storage.ts';

const SCREEN_READER_KEY = 'porthole.terminal.screen-reader';

/** Whether the learner has asked for screen reader mode. Default: off. */
export function storedScreenReaderMode(): boolean {
  return settingsStorage.getItem(SCREEN_READER_KEY) === 'on';
}

/** Remembers the choice. */
export function storeScreenReaderMode(on: boolean): void {
  settingsStorage.setItem(SCREEN_READER_KEY, on ? 'on' : 'off');
}
