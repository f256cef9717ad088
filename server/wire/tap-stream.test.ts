import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { isLent } from './lent-memory.ts';
import { READ_MEMORY_BYTES } from './limits.ts';
import type { Tap } from './tap.ts';
import { type Tapped, WAYS } from './testing/tapped.ts';

const open: Tapped[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function tapped(way: () => Promise<Tapped>): Promise<Tapped> {
  const both = await way();
  open.push(both);
  return both;
}

/** Echoes what is lent, and stops for a turn whenever `stops` says so. */
function echoWithStops(tap: Tap, stops: (read: number) => boolean): void {
  let reads = 0;
  tap.on('end', () => tap.end());
  tap.lendTo((lent) => {
    tap.write(lent);
    reads += 1;
    if (!stops(reads)) return;
    tap.pause();
    setImmediate(() => tap.resume());
  });
}

/** So long that it ends elsewhere in every read. */
const PERIOD = Buffer.from(Array.from({ length: 8_191 }, (_, at) => (at * 7 + (at >> 8)) & 0xff));

/** Octets of which no two neighbouring reads are the same. */
function pattern(length: number, seed = 0): Buffer {
  return Buffer.alloc(length, PERIOD.subarray(seed));
}

const sizes = fc.integer({ min: 0, max: 40_000 });

/** One way to hand a tap a chunk. */
const writes = fc.array(
  fc.record({ size: sizes, how: fc.constantFrom('plain', 'called-back', 'text', 'corked', 'with-turn') }),
  { maxLength: 25 },
);

describe.each(Object.entries(WAYS))('Tap over %s', (_name, way) => {
  it('gives back every octet lent to its reader, in order, however the reader stops and the client cuts', async () => {
    const cuts = fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(cuts, fc.integer({ min: 1, max: 4 }), async (parts, every) => {
        const { tap, client, close } = await way();
        echoWithStops(tap, (read) => read % every === 0);
        for (const [number, size] of parts.entries()) client.write(pattern(size, number));
        client.end();
        const back = await buffer(client);
        expect(back.equals(Buffer.concat(parts.map((size, number) => pattern(size, number))))).toBe(true);
        await close();
      }),
      { numRuns: 15 },
    );
  });

  it('keeps what it is lent by one connection apart from what others read meanwhile', async () => {
    const all = await Promise.all(Array.from({ length: 3 }, () => tapped(way)));
    for (const { tap } of all) echoWithStops(tap, () => false);
    const backs = all.map(async ({ tap, client }, number) => {
      const sent: Buffer[] = [];
      // As long as the client does not read, the kernel takes less and less, and in the end not even one write whole.
      while (tap.queuedBytes < 500_000) {
        sent.push(pattern(100_001, number + sent.length));
        await new Promise<unknown>((resolve) => client.write(sent.at(-1) ?? '', resolve));
      }
      client.end();
      return (await buffer(client)).equals(Buffer.concat(sent));
    });
    expect(await Promise.all(backs)).toEqual([true, true, true]);
  });

  it('sends what is written in any way, in order, and records it all', async () => {
    await fc.assert(
      fc.asyncProperty(writes, async (acts) => {
        const { tap, client, journal, close } = await way();
        const received = buffer(client);
        const sent: Buffer[] = [];
        for (const { size, how } of acts) {
          const bytes = how === 'text' ? Buffer.alloc(size, 'text') : pattern(size, sent.length);
          sent.push(bytes);
          if (how === 'plain') tap.write(bytes);
          else if (how === 'called-back') await new Promise((resolve) => tap.write(bytes, undefined, resolve));
          else if (how === 'text') tap.write(bytes.toString(), 'latin1');
          else if (how === 'corked') {
            tap.cork();
            tap.write(bytes.subarray(0, 10));
            tap.write(bytes.subarray(10));
            process.nextTick(() => tap.uncork());
          } else {
            tap.write(bytes);
            await new Promise((resolve) => setImmediate(resolve));
          }
        }
        tap.end();
        expect((await received).equals(Buffer.concat(sent))).toBe(true);
        const bytes = journal.conversation(1)?.toClient.bytes;
        expect(bytes).toBe(sent.reduce((sum, { length }) => sum + length, 0));
        await close();
      }),
      { numRuns: 15 },
    );
  });

  it('counts what the kernel does not take, tells its writer to wait, and says when there is room', async () => {
    const { tap, client } = await tapped(way);
    const chunk = Buffer.alloc(1_000);
    let written = 0;
    while (tap.write(chunk) && written < 100_000) written += 1;
    expect(tap.writableNeedDrain).toBe(true);
    expect(tap.queuedBytes).toBeGreaterThan(0);
    const drained = once(tap, 'drain');
    client.resume();
    await drained;
    expect([tap.writableNeedDrain, tap.write(chunk)]).toEqual([false, true]);
    // Windows takes the rest a little later than it says that there is room.
    await expect.poll(() => tap.queuedBytes).toBe(0);
  });

  it('keeps corked writes back', async () => {
    const { tap, client, journal } = await tapped(way);
    tap.cork();
    tap.write(Buffer.from('to be '));
    tap.write(Buffer.from('continued'));
    expect([tap.writableLength, journal.head]).toEqual([15, 1]);
    tap.uncork();
    tap.end();
    expect(String(await buffer(client))).toBe('to be continued');
  });

  it('keeps what comes while its reader pauses, and lends on when that has been read', async () => {
    const { tap, client, journal } = await tapped(way);
    const read: string[] = [];
    tap.lendTo((lent) => {
      read.push(String(lent));
      if (read.length === 1) tap.pause();
    });
    for (const [at, text] of ['one', 'two'].entries()) {
      client.write(text);
      await expect.poll(() => journal.head).toBe(at + 2);
    }
    expect(read).toEqual(['one']);
    tap.resume();
    client.write('three');
    await expect.poll(() => read.join(' ')).toBe('one two three');
  });

  it('reads no more than it may hold for a reader that pauses, and the rest when it goes on', async () => {
    const { tap, client } = await tapped(way);
    const sent = pattern(8_000_000);
    const read: Buffer[] = [];
    tap.lendTo((lent) => {
      read.push(Buffer.from(lent));
      if (read.length === 1) tap.pause();
    });
    client.end(sent);
    for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(tap.readableLength).toBeLessThanOrEqual(tap.readableHighWaterMark + READ_MEMORY_BYTES);
    tap.resume();
    await once(tap, 'end');
    expect(Buffer.concat(read).equals(sent)).toBe(true);
  });

  it('refuses a write after its end, as any stream', async () => {
    const { tap, client } = await tapped(way);
    client.resume();
    tap.write(Buffer.from('last'));
    tap.end();
    const refused = once(tap, 'error');
    tap.write(Buffer.from('too late'));
    expect(await refused).toMatchObject([{ code: 'ERR_STREAM_WRITE_AFTER_END' }]);
  });

  it.each(['lendTo', 'data'])('may be destroyed by what reads from it by %s', async (how) => {
    const { tap, client, journal } = await tapped(way);
    const hungUp = once(client, 'close');
    const seen: string[] = [];
    const reader = (octets: Buffer): void => {
      seen.push(String(octets));
      tap.destroy();
    };
    if (how === 'lendTo') tap.lendTo(reader);
    else tap.on('data', reader);
    client.resume().write('once');
    await once(tap, 'close');
    client.end('and again');
    await hungUp;
    expect(seen).toEqual(['once']);
    expect(journal.conversation(1)?.state).toBe('closed');
  });

  it('resets only the connection whose borrowing reader throws', async () => {
    const { tap, client, journal } = await tapped(way);
    tap.lendTo(() => {
      throw new Error('a demo with a bug');
    });
    const hungUp = new Promise((resolve) => client.once('close', resolve));
    client.write('trip');
    await hungUp;
    expect(journal.read(journal.head)).toMatchObject({ kind: 'reset', code: 'demo-failed' });
  });

  it('records nothing more in either direction when detached', async () => {
    const { tap, client, journal } = await tapped(way);
    tap.detach();
    echoWithStops(tap, () => false);
    client.end('unseen');
    expect(String(await buffer(client))).toBe('unseen');
    expect(journal.read(journal.head)?.kind).toBe('detached');
  });

  it('gives whoever listens for data octets of its own, beside a reader that borrows, too', async () => {
    const { tap, client } = await tapped(way);
    const kept: Buffer[] = [];
    const borrowed: number[] = [];
    tap.lendTo((lent) => void borrowed.push(lent.length));
    tap.on('data', (octets: Buffer) => kept.push(octets));
    for (const text of ['first', 'other']) {
      client.write(text);
      await expect.poll(() => String(kept.at(-1))).toBe(text);
    }
    expect(kept.map(String)).toEqual(['first', 'other']);
    expect(kept.some(isLent)).toBe(false);
    expect(borrowed).toEqual([5, 5]);
  });
});

describe('a tap of a service', () => {
  it('lends octets where they were read', async () => {
    const { tap, client } = await tapped(WAYS['a connection of a service']);
    const lent: boolean[] = [];
    tap.lendTo((octets) => void lent.push(isLent(octets)));
    client.write('hello');
    await expect.poll(() => lent).toEqual([process.platform !== 'win32']);
  });
});
