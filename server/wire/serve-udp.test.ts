import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import type { WireEvent, WireEventKind } from '#protocol/wire.ts';
import { testClock } from '../testing/clock.ts';
import { Journal } from './journal.ts';
import { MAX_WINDOW_BYTES, MAX_WINDOW_EVENTS } from './limits.ts';
import { mayLoop, serveUdp, type UdpListening, type UdpService } from './serve-udp.ts';

const open: { close(): unknown }[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

/** One octet more than a datagram over IPv4 carries (RFC 768: 16 bits of length, less both headers). */
const TOO_LARGE = 65_508;

function echoed(journal: Journal, isOwnPort = (_port: number): boolean => false): Promise<UdpListening> {
  return serving(journal, (datagram) => datagram.reply(datagram.bytes), isOwnPort);
}

async function serving(
  journal: Journal,
  datagram: UdpService['datagram'],
  isOwnPort = (_port: number): boolean => false,
): Promise<UdpListening> {
  const listening = await serveUdp({ journal, demo: 'echo', host: '127.0.0.1', port: 0, isOwnPort, datagram });
  open.push(listening);
  return listening;
}

function eventsOf(journal: Journal, kind: WireEventKind): readonly (WireEvent | null)[] {
  return Array.from({ length: journal.head }, (_, at) => journal.read(at + 1)).filter((event) => event?.kind === kind);
}

async function client(): Promise<Socket> {
  const socket = createSocket('udp4');
  open.push({ close: () => new Promise<void>((resolve) => socket.close(() => resolve())) });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}

describe('serveUdp', () => {
  it('keeps datagrams apart, empty ones and the largest included', async () => {
    const journal = new Journal();
    const { endpoint } = await echoed(journal);
    const socket = await client();
    for (const size of [0, 1, 65_507]) {
      socket.send(Buffer.alloc(size, 0x61), endpoint.port, endpoint.address);
      const [answer] = await once(socket, 'message');
      expect(answer).toEqual(Buffer.alloc(size, 0x61));
    }
    const lengths = eventsOf(journal, 'datagram').map((event) => event?.length);
    expect(lengths).toEqual([0, 0, 1, 1, 65_507, 65_507]);
  });

  it('takes the ports of well-known services, and our own, for such as answer', () => {
    const isOwnPort = (port: number): boolean => port === 7_007;
    expect([7, 1_023, 7_007].filter((port) => mayLoop(port, isOwnPort))).toEqual([7, 1_023, 7_007]);
    expect([1_024, 7_008, 65_535].filter((port) => mayLoop(port, isOwnPort))).toEqual([]);
  });

  it('does not fill the journal with refusals when one that may loop floods it', async () => {
    const journal = new Journal({ clock: testClock() });
    const socket = await client();
    const { endpoint } = await echoed(journal, (port) => port === socket.address().port);
    const stranger = await client();
    for (let count = 0; count < 2 * MAX_WINDOW_EVENTS; count += 1) {
      socket.send('x', endpoint.port, endpoint.address);
      if (count % 50 > 0) continue;
      stranger.send('all of them have come', endpoint.port, endpoint.address);
      await once(stranger, 'message');
    }
    expect(journal.conversation(1)?.toServer.events).toBeGreaterThan(MAX_WINDOW_EVENTS);
    expect(eventsOf(journal, 'error')).toHaveLength(MAX_WINDOW_EVENTS);
  });

  it('never answers a datagram that comes from one of our own demos', async () => {
    const journal = new Journal();
    const socket = await client();
    const { endpoint } = await echoed(journal, (port) => port === socket.address().port);
    const stranger = await client();
    let answers = 0;
    socket.on('message', () => {
      answers += 1;
    });
    socket.send('loop?', endpoint.port, endpoint.address);
    stranger.send('hello', endpoint.port, endpoint.address);
    await once(stranger, 'message');
    expect(answers).toBe(0);
    expect(journal.read(3)).toMatchObject({ kind: 'error', code: 'echo-loop-refused' });
  });

  it('records that an answer could not be sent, in a flood for each answer that is on record', async () => {
    const journal = new Journal({ clock: testClock() });
    const { endpoint } = await serving(journal, (datagram) => datagram.reply(Buffer.alloc(TOO_LARGE)));
    const socket = await client();
    const flood = 50;
    for (let sent = 0; sent < flood; sent += 1) socket.send('?', endpoint.port, endpoint.address);
    await expect.poll(() => journal.conversation(1)?.toServer.events).toBe(flood);
    const answers = eventsOf(journal, 'datagram').filter((event) => event?.direction === 'to-client');
    expect(answers.length).toBe(Math.ceil(MAX_WINDOW_BYTES / TOO_LARGE));
    await expect.poll(() => eventsOf(journal, 'error').length).toBe(answers.length);
    expect(eventsOf(journal, 'error')[0]).toMatchObject({ code: 'EMSGSIZE', direction: 'to-client' });
  });

  it('says which receive buffer the system granted', async () => {
    expect((await echoed(new Journal())).receiveBufferBytes).toBeGreaterThan(0);
  });
});
