/** What is to happen, by time; of what is to happen at one time, what was entered first comes first. A binary heap. */
import type { SimTime } from '../stack/time.ts';

interface Entry<T> {
  readonly at: SimTime;
  readonly order: number;
  readonly item: T;
}

/** Of one moment of a run: `clone` it before the run goes on from there. */
export class Agenda<T> {
  #heap: Entry<T>[] = [];
  #entered = 0;

  get size(): number {
    return this.#heap.length;
  }

  /** Items are not copied: they must not be changed. */
  clone(): Agenda<T> {
    const copy = new Agenda<T>();
    copy.#heap = [...this.#heap];
    copy.#entered = this.#entered;
    return copy;
  }

  add(at: SimTime, item: T): void {
    const heap = this.#heap;
    const entry = { at, order: this.#entered, item };
    this.#entered += 1;
    let place = heap.length;
    heap.push(entry);
    while (place > 0) {
      const above = (place - 1) >> 1;
      const other = heap[above];
      if (!other || isEarlier(other, entry)) break;
      heap[place] = other;
      place = above;
    }
    heap[place] = entry;
  }

  /** The time of the next item; `null` when there is none. */
  nextAt(): SimTime | null {
    return this.#heap[0]?.at ?? null;
  }

  /** Takes the next item out. */
  take(): T | null {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (!first || !last) return null;
    if (heap.length > 0) this.#sink(last);
    return first.item;
  }

  #sink(entry: Entry<T>): void {
    const heap = this.#heap;
    let place = 0;
    for (;;) {
      const left = heap[2 * place + 1];
      const right = heap[2 * place + 2];
      const child = left && right && isEarlier(right, left) ? right : left;
      if (!child || isEarlier(entry, child)) break;
      heap[place] = child;
      place = child === left ? 2 * place + 1 : 2 * place + 2;
    }
    heap[place] = entry;
  }
}

function isEarlier(a: { at: number; order: number }, b: { at: number; order: number }): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
