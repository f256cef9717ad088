import { createStore } from 'zustand/vanilla';
import type { DemoAddress } from '#protocol/demos.ts';
import { PREVIEW_BYTES } from '#protocol/limits.ts';
import type { Conversation } from '#protocol/wire.ts';
import { createEventLog, type EventLog } from '../session/event-log.ts';
import { WritablePacketLog } from '../session/packet-log.ts';
import type { WireSession } from '../session/wire-session.ts';
import { initialWireState, type WireState } from '../session/wire-state.ts';
import { MAX_SHARED_EVENTS } from './limits.ts';
import type { Recording } from './recording.ts';

/** Demos that a recording names, at the most; they are a list to filter by. */
export const MAX_RECORDED_DEMOS = 64;

/** Nothing to do: a recording neither asks nor waits. */
const nothing = (): void => {};

/** A session that is filled once from a recording: the views read it as they read a live one, and nothing ever comes. */
export function createRecordedSession(recording: Recording): WireSession {
  const { conversations, events } = recording;
  const held = {
    log: logOf(recording),
    conversations: new Map(conversations.map((conversation) => [conversation.id, conversation])),
    packets: new WritablePacketLog(),
    payloads: new Map(
      events
        .filter(({ payload }) => payload.length > PREVIEW_BYTES)
        .map(({ event, payload }) => [event.seq, payload] as const),
    ),
  };
  const store = createStore<WireState>(() => ({
    ...initialWireState(held),
    status: 'live',
    journal: `recording-${recording.madeWallMs}`,
    demos: demosOf(conversations),
    revision: 1,
    missed: [...recording.missed.values()].reduce((sum, count) => sum + count, 0),
  }));
  return {
    store,
    requestPayload: nothing,
    watchSockets: () => nothing,
    watchPackets: () => nothing,
    namePorts: () => nothing,
    chooseInterface: nothing,
    forget: nothing,
    retryNow: nothing,
    close: nothing,
  };
}

function logOf({ events, missed }: Recording): EventLog {
  const log = createEventLog(MAX_SHARED_EVENTS);
  for (const { event } of events) log.append([event], missed.get(event.seq) ?? 0);
  return log;
}

function demosOf(conversations: readonly Conversation[]): readonly DemoAddress[] {
  const demos = new Map<string, DemoAddress>();
  for (const { demo, transport, server } of conversations) {
    if (demo === null || demos.size >= MAX_RECORDED_DEMOS) continue;
    demos.set(`${demo} ${transport} ${server.address} ${server.port}`, {
      id: demo,
      transport,
      host: server.address,
      port: server.port,
    });
  }
  return [...demos.values()];
}
