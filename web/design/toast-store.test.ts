import { beforeEach, expect, test } from 'vitest';
import { dismissToast, MAX_TOASTS, toast, toastStore } from './toast-store.ts';

const texts = () => toastStore.getState().notices.map(({ text }) => text);

beforeEach(() => toastStore.setState({ notices: [] }));

test('the oldest notice goes when there is one too many', () => {
  for (let index = 0; index <= MAX_TOASTS; index += 1) toast({ kind: 'info', text: String(index) });
  expect(texts()).toEqual(['1', '2', '3', '4']);
});

test('the same text is shown once, as the newest', () => {
  toast({ kind: 'bad', text: 'a' });
  toast({ kind: 'bad', text: 'b' });
  toast({ kind: 'bad', text: 'a' });
  expect(texts()).toEqual(['b', 'a']);
});

test('dismissing takes one away, twice does no harm', () => {
  const id = toast({ kind: 'good', text: 'a' });
  toast({ kind: 'good', text: 'b' });
  dismissToast(id);
  dismissToast(id);
  expect(texts()).toEqual(['b']);
});
