import { describe, expect, it } from 'vitest';
import { lesson as handshake } from '#lessons/04-handshake/lesson.ts';
import { lesson as closing } from '#lessons/05-closing/lesson.ts';
import { createRunner } from '#lessons/runner.ts';
import { PORTS, wireScript } from '#lessons/testing/wire-script.ts';
import { plainIpv4, serializeIpv4 } from '#packets/ipv4.ts';
import { LINK_TYPES } from '#packets/link.ts';
import { serializeTcp, TCP_FLAGS } from '#packets/tcp.ts';
import type { CaptureStatus } from '#protocol/capture.ts';
import { WritablePacketLog } from '../session/packet-log.ts';
import type { WireState } from '../session/wire-state.ts';
import { UnseenFeed } from './unseen-feed.ts';

const ENDS = { source: '127.0.0.1', destination: '127.0.0.1' };
const CLOSED_PORT = 1;

/** Octets of one segment between the learner's port and the closed one. */
function segment(fromClient: boolean, flags: number, sequence: number, acknowledgment: number): string {
  const [sourcePort, destinationPort] = fromClient ? [50_001, CLOSED_PORT] : [CLOSED_PORT, 50_001];
  const header = {
    sourcePort,
    destinationPort,
    sequence,
    acknowledgment,
    flags,
    window: 9,
    urgentPointer: 0,
    options: [],
  };
  const ip = plainIpv4({ ...ENDS, protocol: 6 });
  return Buffer.from(serializeIpv4(ip, serializeTcp(header, new Uint8Array(0), ENDS))).toString('base64');
}

const SYN = segment(true, TCP_FLAGS.syn, 100, 0);
const RST = segment(false, TCP_FLAGS.rst | TCP_FLAGS.ack, 0, 101);

const status = (state: CaptureStatus['state'], captured = 0): CaptureStatus => ({
  ...{ state, tool: 'tcpdump', interface: 'lo', filter: '', captured, dropped: 0, refusal: null, detail: null },
  ...{ remedy: [], also: [], interfaces: [] },
});

/** A feed for the step about the closed port, or another, and a page whose state is the test's. */
function scene(captureBefore: CaptureStatus | null = null, lesson = handshake, done = ['open', 'numbers-move']) {
  const asked: string[] = [];
  const watching = (what: string) => () => {
    asked.push(what);
    return () => void asked.push(`no ${what}`);
  };
  const feed = new UnseenFeed({ watchPackets: watching('packets'), watchSockets: watching('sockets') });
  const runner = createRunner({ lesson, done: new Set(done) });
  const packets = new WritablePacketLog();
  let wire = { demos: [], sockets: null, capture: captureBefore, packets } as unknown as WireState;
  let number = 0;
  return {
    asked,
    feed,
    runner,
    follow: (change: Partial<WireState> = {}) => {
      wire = { ...wire, ...change };
      return feed.follow(wire, runner, runner.waiting).map(({ id }) => id);
    },
    captured: (...all: readonly string[]) => {
      for (const bytes of all) {
        number += 1;
        const length = Buffer.from(bytes, 'base64').length;
        const stamp = { seconds: 1, nanoseconds: 0, timeUs: 1, interface: 'lo', linkType: LINK_TYPES.raw };
        packets.take([{ number, bytes, originalLength: length, ...stamp }], 0);
      }
    },
  };
}

describe('what no socket call shows', () => {
  it('is watched while a step needs it, and completes it', () => {
    const { follow, captured, asked, feed } = scene();
    expect(follow()).toEqual([]);
    expect(asked).toEqual(['packets']);
    follow({ capture: status('on') });
    captured(SYN);
    expect(follow()).toEqual([]);
    captured(RST);
    expect(follow()).toEqual(['closed-port']);
    feed.close();
    feed.close();
    expect(asked).toEqual(['packets', 'no packets']);
  });

  it('does not count what was captured before the step began to watch', () => {
    const { follow, captured } = scene(status('off', 2));
    captured(SYN, RST);
    follow();
    expect(follow({ capture: status('on', 2) })).toEqual([]);
    captured(SYN, RST);
    expect(follow()).toEqual(['closed-port']);
  });

  it('waits for the capture to say how it fares', () => {
    const { follow, feed } = scene(status('refused'));
    follow();
    expect(feed.known.captures).toBeNull();
    follow({ capture: status('starting') });
    expect(feed.known.captures).toBeNull();
    follow({ capture: status('refused') });
    expect(feed.known.captures).toBe(false);
  });

  it('is numbered anew when the journal is another one: what was captured before does not count', () => {
    const { follow, captured, feed } = scene();
    follow();
    follow({ capture: status('on', 9) });
    feed.restart();
    captured(SYN, RST);
    expect(follow({ capture: null })).toEqual([]);
    expect(follow({ capture: status('on', 2) })).toEqual([]);
    captured(SYN, RST);
    expect(follow()).toEqual(['closed-port']);
  });

  it('does not take an old reading for what was there when a step began', () => {
    const { follow, runner, asked } = scene(null, closing, ['client-first']);
    const events = wireScript();
    const happen = () => runner.feed(events.events, events.conversations, { get: () => null });
    const at = (port: number) => ({ address: '127.0.0.1', port });
    const reads = (...rows: readonly (readonly [port: number, client: number])[]) =>
      follow({
        sockets: {
          rows: rows.map(([port, client]) => ({
            ...{
              transport: 'tcp',
              local: at(port),
              remote: at(client),
              state: 'TIME-WAIT',
              receiveQueue: 0,
              sendQueue: 0,
            },
          })),
          ...{ reason: null, wallMs: 1 },
        },
      });
    const daytime = PORTS.daytime ?? 0;
    const demos = [{ id: 'daytime', transport: 'tcp', host: '127.0.0.1', port: daytime }] as const;
    follow({ demos });
    follow({ capture: status('refused') });
    reads();
    events.close(events.open('daytime'), 'server');
    happen();
    expect(reads([daytime, 50_001])).toEqual(['server-first']);
    follow({ sockets: null });
    expect(asked).toEqual(['sockets', 'packets', 'no sockets']);

    const half = events.open('echo');
    events.finish(half, 'client');
    events.answer(half, 'half way');
    happen();
    expect(runner.feedKnown({ solved: new Set(['ack-of-fin']) }).map(({ id }) => id)).toEqual(['half-close']);
    follow();
    reads([9_555, 50_003]);
    expect(runner.nearMisses).toEqual([]);
    reads([9_555, 50_003], [9_555, 50_004]);
    expect(runner.nearMisses).toMatchObject([{ of: 'address-in-use', id: 'kept' }]);
  });
});
