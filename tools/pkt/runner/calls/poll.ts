/** poll and epoll. */
import { type Expression, fieldOf } from '../../language/expression.ts';
import { CONSTANTS } from '../constants.ts';
import type { EpollDescriptor } from '../descriptor.ts';
import { newEpoll } from '../descriptors.ts';
import { type Attempt, failure, type Outcome, settled, success } from '../outcome.ts';
import { readiness } from '../readiness.ts';
import { isExpected, numberOf } from '../values.ts';
import type { CallContext, CallHandler } from './context.ts';

const INVALID = CONSTANTS.POLLNVAL ?? 0x20;
const EDGE_TRIGGERED = CONSTANTS.EPOLLET ?? 0;
const ONE_SHOT = CONSTANTS.EPOLLONESHOT ?? 0;
const MILLISECOND_US = 1_000;

/** Waits until `ready` says something, or the time is over. */
function until(
  context: CallContext,
  timeoutMs: number,
  ready: () => Outcome,
  isReady: (outcome: Outcome) => boolean,
): Attempt {
  const deadline = context.session.machine.nowUs + timeoutMs * MILLISECOND_US;
  return () => {
    const outcome = ready();
    const over = timeoutMs >= 0 && context.session.machine.nowUs >= deadline;
    return isReady(outcome) || over ? outcome : null;
  };
}

const poll: CallHandler = (context) => {
  const list = context.argument(0);
  const items = list.kind === 'list' ? list.items : context.refuse('expected a list, like [{fd=3, events=POLLIN}]');
  const ready = () => pollOnce(context, items);
  return until(context, context.number(2, 0), ready, ({ value }) => value > 0);
};

function pollOnce(context: CallContext, items: readonly Expression[]): Outcome {
  let count = 0;
  let mismatch: string | null = null;
  for (const item of items) {
    if (item.kind !== 'fields') return context.refuse('expected {fd=…, events=…, revents=…}');
    const number = numberIn(item.fields, 'fd');
    const descriptor = context.session.descriptors.get(number);
    const found = descriptor ? readiness(context.session, descriptor, numberIn(item.fields, 'events')) : INVALID;
    if (found !== 0) count += 1;
    const expected = fieldOf(item.fields, 'revents');
    if (expected && !isExpected(expected, found)) mismatch ??= `revents of ${number} is ${eventsText(found)}`;
  }
  return success(count, mismatch);
}

function numberIn(fields: Parameters<typeof fieldOf>[0], name: string): number {
  const value = fieldOf(fields, name);
  return (value && numberOf(value)) ?? 0;
}

function eventsText(events: number): string {
  const names = Object.keys(CONSTANTS).filter((name) => /^POLL/.test(name) && (events & (CONSTANTS[name] ?? 0)) !== 0);
  return names.join('|') || '0';
}

const create: CallHandler = (context) => {
  const number = numberOf(context.call.result) ?? context.session.descriptors.free();
  const added = context.session.descriptors.add(number, newEpoll());
  return settled(success(number, added ? null : `${number} is open already`));
};

function epollOf(context: CallContext): EpollDescriptor | null {
  const { descriptor } = context;
  return descriptor?.kind === 'epoll' ? descriptor : null;
}

const control: CallHandler = (context) => {
  const epoll = epollOf(context);
  if (!epoll) return settled(failure('EBADF'));
  const number = context.number(2, -1);
  const event = context.call.arguments[3];
  if (context.name(1) === 'EPOLL_CTL_DEL') return settled(epoll.watched.delete(number) ? success() : failure('ENOENT'));
  if (!context.session.descriptors.get(number)) return settled(failure('EBADF'));
  const events = event?.kind === 'fields' ? numberIn(event.fields, 'events') : 0;
  epoll.watched.set(number, { events, toldEdges: -1, told: 0 });
  return settled(success());
};

const wait: CallHandler = (context) => {
  const epoll = epollOf(context);
  if (!epoll) return settled(failure('EBADF'));
  const expected = context.argument(1);
  const items = expected.kind === 'list' ? expected.items : [expected];
  const ready = () => waitOnce(context, epoll, items);
  return until(context, context.number(3, 0), ready, ({ value }) => value > 0);
};

function waitOnce(context: CallContext, epoll: EpollDescriptor, expected: readonly Expression[]): Outcome {
  const found: { number: number; events: number }[] = [];
  for (const [number, watch] of epoll.watched) {
    const descriptor = context.session.descriptors.get(number);
    if (!descriptor || descriptor.kind === 'epoll') continue;
    const events = readiness(context.session, descriptor, watch.events);
    const isNews =
      (watch.events & EDGE_TRIGGERED) === 0 || descriptor.edges > watch.toldEdges || (events & ~watch.told) !== 0;
    if (events === 0 || !isNews) continue;
    watch.toldEdges = descriptor.edges;
    watch.told = events;
    if ((watch.events & ONE_SHOT) !== 0) watch.events = 0;
    found.push({ number, events });
  }
  return success(found.length, eventMismatch(found, expected));
}

function eventMismatch(
  found: readonly { number: number; events: number }[],
  expected: readonly Expression[],
): string | null {
  for (const [index, { number, events }] of found.entries()) {
    const item = expected[index];
    const wanted = item?.kind === 'fields' ? fieldOf(item.fields, 'events') : null;
    if (wanted && !isExpected(wanted, events)) return `events of ${number} are ${eventsText(events)}`;
  }
  return null;
}

/** By the names that scripts call them by. */
export const POLL_CALLS = { poll, epoll_create: create, epoll_create1: create, epoll_ctl: control, epoll_wait: wait };
