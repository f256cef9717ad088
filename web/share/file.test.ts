import { expect, test } from 'vitest';
import { fileName, openFile } from './file.ts';
import { MAX_FILE_BYTES } from './limits.ts';
import { recordingJson } from './recording-json.ts';
import { aRecording } from './testing.ts';

test('a saved recording is opened again', async () => {
  expect(await openFile(new File([recordingJson(aRecording())], 'x'))).toEqual({ ok: true, recording: aRecording() });
});

test('a file past the bound is not even read', async () => {
  const file = { size: MAX_FILE_BYTES + 1, text: () => Promise.reject(new Error('read')) };
  expect(await openFile(file)).toMatchObject({ ok: false, code: 'too-large' });
});

test('a file that cannot be read is said to be so', async () => {
  const file = { size: 1, text: () => Promise.reject(new DOMException('gone', 'NotFoundError')) };
  expect(await openFile(file)).toMatchObject({ ok: false, code: 'unreadable' });
});

test.each(['', 'GIF89a', '{"version":1,"lessons":{}}', '[]', 'null'])('%j is no recording', async (text) => {
  expect(await openFile(new File([text], 'x'))).toMatchObject({ ok: false, code: 'no-recording' });
});

test('a recording that was cut is known for one', async () => {
  const whole = recordingJson(aRecording());
  const cut = new File([whole.slice(0, whole.length / 2)], 'x');
  expect(await openFile(cut)).toMatchObject({ ok: false, code: 'malformed' });
});

test('a recording with a fault says where', async () => {
  const text = recordingJson(aRecording()).replace('"kind":"opened"', '"kind":"hacked"');
  expect(await openFile(new File([text], 'x'))).toEqual({ ok: false, code: 'malformed', where: 'events.0.kind' });
});

test('a file is named for what is in it and when it was made', () => {
  const madeWallMs = Date.UTC(2031, 4, 6, 7, 8, 9);
  expect(fileName(12, madeWallMs)).toBe('conversation-12-2031-05-06-070809.porthole.json');
  expect(fileName(null, madeWallMs)).toBe('journal-2031-05-06-070809.porthole.json');
});
