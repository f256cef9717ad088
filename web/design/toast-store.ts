import { createStore } from 'zustand/vanilla';

/** Notices shown at once, at the most; an older one goes when one too many comes. */
export const MAX_TOASTS = 4;

/** One short notice. */
export interface ToastNotice {
  readonly id: number;
  readonly kind: 'info' | 'good' | 'bad';
  readonly text: string;
}

/** The notices now shown, oldest first. */
export const toastStore = createStore<{ readonly notices: readonly ToastNotice[] }>(() => ({ notices: [] }));

let lastId = 0;

/** Shows a notice, and answers its id. The same text is never shown twice at once. */
export function toast(notice: Omit<ToastNotice, 'id'>): number {
  lastId += 1;
  const id = lastId;
  toastStore.setState(({ notices }) => ({
    notices: [...notices.filter((other) => other.text !== notice.text), { ...notice, id }].slice(-MAX_TOASTS),
  }));
  return id;
}

/** Takes a notice away; harmless when it is gone already. */
export function dismissToast(id: number): void {
  toastStore.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
}
