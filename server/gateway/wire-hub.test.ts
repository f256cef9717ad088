import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { MAX_BATCH_EVENTS, MAX_BATCH_PREVIEW_BYTES, PREVIEW_BYTES } from '#protocol/limits.ts';
import { CONTRACT_VERSION } from '#protocol/version.ts';
import { type WireMessage, wireMessageSchema } from '#protocol/wire-messages.ts';
import { testClock } from '../testing/clock.ts';
import type { ConversationRecord } from '../wire/conversation.ts';
import { Journal } from '../wire/journal.ts';
import { MAX_VIEWER_BUFFER_BYTES } from './limits.ts';
import type { PacketSource } from './packet-feed.ts';
import { SocketWatch } from './socket-watch.ts';
import { type Viewer, WireHub } from './wire-hub.ts';

const START = {
  transport: 'tcp',
  demo: 'echo',
  observer: 'server',
  client: { address: '127.0.0.1', port: 51544 },
  server: { address: '127.0.0.1', port: 7007 },
} as const;

/** A browser that checks every message against the contract. */
class Browser {
  bufferedBytes = 0;
  readonly messages: WireMessage[] = [];
  send(text: string): void {
    this.messages.push(wireMessageSchema.parse(JSON.parse(text)));
  }
  get batches() {
    return this.messages.filter((message) => message.type === 'batch');
  }
  get seqs(): number[] {
    return this.batches.flatMap((batch) => batch.events.map((event) => event.seq));
  }
  get missed(): number {
    return this.batches.reduce((sum, batch) => sum + batch.missed, 0);
  }
}

/** A capture that nobody started. */
const NO_PACKETS = {
  head: 0,
  oldest: 1,
  read: () => null,
  erase: () => {},
  status: {
    ...{ state: 'off', tool: null, interface: 'lo', filter: '', captured: 0, dropped: null, refusal: null },
    ...{ detail: null, remedy: [], also: [], interfaces: ['eth0'] },
  },
  watch(told) {
    told(this.status);
    return { setPorts: () => {}, setInterface: (name) => name === null || name === 'eth0', leave: () => {} };
  },
} satisfies PacketSource;

function scene(maxEvents = 10_000) {
  const journal = new Journal({ clock: testClock(), maxEvents });
  const sockets = new SocketWatch({ read: async () => [], intervalMs: 1_000, now: () => 0 });
  const hub = new WireHub({ journal, demos: () => [], sockets, packets: NO_PACKETS });
  return { journal, hub, conversation: journal.open(START) };
}

function join(hub: WireHub, resume?: { journal: string; seq: number }): { browser: Browser; viewer: Viewer } {
  const browser = new Browser();
  const viewer = hub.attach(browser);
  viewer.receive({ type: 'hello', version: CONTRACT_VERSION, ...(resume && { resume }) });
  return { browser, viewer };
}

function happen(journal: Journal, conversation: ConversationRecord, times: number): void {
  for (let count = 0; count < times; count += 1) journal.error(conversation, 'EPIPE');
}

describe('WireHub', () => {
  it('sends a new viewer what the journal holds, and then what happens', () => {
    const { journal, hub, conversation } = scene();
    const { browser } = join(hub);
    journal.data(conversation, 'to-server', Buffer.from('hello'));
    hub.flush();
    expect(browser.messages.map((message) => message.type)).toEqual(['welcome', 'batch', 'batch']);
    expect(browser.seqs).toEqual([1, 2]);
    expect(browser.batches[1]?.conversations).toMatchObject([{ id: 1, toServer: { events: 1, bytes: 5 } }]);
    hub.close();
  });

  it('resumes after a lost connection without loss or repetition', () => {
    const { journal, hub, conversation } = scene();
    const first = join(hub);
    first.viewer.close();
    happen(journal, conversation, 3);
    const { browser } = join(hub, { journal: journal.id, seq: first.browser.seqs.at(-1) ?? 0 });
    expect(browser.messages[0]).toMatchObject({ type: 'welcome', resumed: true });
    expect([...first.browser.seqs, ...browser.seqs]).toEqual([1, 2, 3, 4]);
    hub.close();
  });

  it('starts afresh when the journal is another one', () => {
    const { hub } = scene();
    const { browser } = join(hub, { journal: 'another', seq: 40 });
    expect(browser.messages[0]).toMatchObject({ type: 'welcome', resumed: false, from: 1 });
    hub.close();
  });

  it('asks a tab that speaks another version to reload, and sends it nothing else', () => {
    const { journal, hub, conversation } = scene();
    const browser = new Browser();
    hub.attach(browser).receive({ type: 'hello', version: CONTRACT_VERSION + 1 });
    happen(journal, conversation, 2);
    hub.flush();
    expect(browser.messages).toEqual([{ type: 'reload', version: CONTRACT_VERSION }]);
    hub.close();
  });

  it('sends nothing to a viewer that does not read, and tells it afterwards how much it missed', () => {
    const { journal, hub, conversation } = scene(50);
    const { browser } = join(hub);
    browser.bufferedBytes = MAX_VIEWER_BUFFER_BYTES + 1;
    happen(journal, conversation, 200);
    hub.flush();
    expect(browser.seqs).toEqual([1]);
    browser.bufferedBytes = 0;
    hub.flush();
    expect(browser.missed).toBe(150);
    expect(browser.seqs).toEqual([1, ...Array.from({ length: 50 }, (_, at) => 152 + at)]);
    hub.close();
  });

  it('cuts a long backlog into batches', () => {
    const { journal, hub, conversation } = scene(3 * MAX_BATCH_EVENTS);
    happen(journal, conversation, 2 * MAX_BATCH_EVENTS);
    const { browser } = join(hub);
    while (browser.seqs.at(-1) !== journal.head) hub.flush();
    expect(browser.batches.map((batch) => batch.events.length)).toEqual([MAX_BATCH_EVENTS, MAX_BATCH_EVENTS, 1]);
    hub.close();
  });

  it('sends whole previews at a person’s pace, and shorter ones in a flood', () => {
    const { journal, hub, conversation } = scene();
    const { browser } = join(hub);
    const previews = (): number[] =>
      (browser.batches.at(-1)?.events ?? []).map((event) => Buffer.from(event.preview, 'base64').length);
    journal.data(conversation, 'to-server', Buffer.alloc(600));
    hub.flush();
    expect(previews()).toEqual([PREVIEW_BYTES]);
    for (let count = 0; count < 100; count += 1) journal.data(conversation, 'to-server', Buffer.alloc(600));
    hub.flush();
    expect(new Set(previews())).toEqual(new Set([Math.floor(MAX_BATCH_PREVIEW_BYTES / 100)]));
    expect(journal.payload(journal.head)).toHaveLength(600);
    hub.close();
  });

  it('does nothing while nobody looks', () => {
    vi.useFakeTimers();
    const { hub } = scene();
    expect(vi.getTimerCount()).toBe(0);
    const { viewer } = join(hub);
    expect(vi.getTimerCount()).toBe(1);
    viewer.close();
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  it('loses and reorders nothing, whenever it flushes, whenever the viewer stalls or reconnects', () => {
    const act = fc.constantFrom('happen', 'flush', 'stall', 'read', 'reconnect');
    fc.assert(
      fc.property(fc.array(act, { maxLength: 80 }), (acts) => {
        const { journal, hub, conversation } = scene();
        const got: number[] = [];
        let { browser, viewer } = join(hub);
        for (const now of [...acts, 'reconnect']) {
          if (now === 'happen') happen(journal, conversation, 3);
          if (now === 'flush') hub.flush();
          if (now === 'stall') browser.bufferedBytes = MAX_VIEWER_BUFFER_BYTES + 1;
          if (now === 'read') browser.bufferedBytes = 0;
          if (now !== 'reconnect') continue;
          viewer.close();
          got.push(...browser.seqs);
          ({ browser, viewer } = join(hub, { journal: journal.id, seq: got.at(-1) ?? 0 }));
        }
        hub.flush();
        got.push(...browser.seqs);
        hub.close();
        expect(got).toEqual(Array.from({ length: journal.head }, (_, at) => at + 1));
      }),
    );
  });

  it('forgets a conversation, or all, for every viewer, and leaves no gap', () => {
    const { journal, hub, conversation } = scene();
    const other = journal.open({ ...START, client: { ...START.client, port: 51_545 } });
    journal.data(conversation, 'to-server', Buffer.from('hunter2'));
    journal.data(other, 'to-server', Buffer.from('kept'));
    const first = join(hub);
    const second = join(hub);
    const before = journal.id;
    first.browser.messages.length = second.browser.messages.length = 0;

    second.viewer.receive({ type: 'forget', conversation: conversation.id });
    for (const { browser } of [first, second]) {
      expect(browser.messages[0]).toMatchObject({
        type: 'welcome',
        run: journal.run,
        resumed: false,
        from: 1,
        head: 2,
      });
      expect(browser.messages[0]).toMatchObject({ forgotten: { transport: 'tcp', client: START.client } });
      expect(browser.batches.flatMap(({ events }) => events.map((event) => [event.seq, event.conversation]))).toEqual([
        [1, other.id],
        [2, other.id],
      ]);
    }
    expect(journal.id).not.toBe(before);
    const away = join(hub, { journal: before, seq: 4 });
    expect(away.browser.messages[0]).toMatchObject({ resumed: false, forgotten: 'all' });
    expect(join(hub).browser.messages[0]).toMatchObject({ forgotten: null });

    first.viewer.receive({ type: 'forget', conversation: 99 });
    expect(journal.head).toBe(2);
    first.viewer.receive({ type: 'forget', conversation: null });
    expect(journal.head).toBe(0);
    expect(second.browser.messages.at(-1)).toMatchObject({ type: 'welcome', forgotten: 'all' });
    journal.data(conversation, 'to-server', Buffer.from('again'));
    hub.flush();
    expect(second.browser.batches.at(-1)?.events).toMatchObject([{ seq: 1, conversation: conversation.id }]);
    hub.close();
  });

  it('reads the socket table while somebody watches, and says why when it can not', async () => {
    const read = vi.fn().mockRejectedValue(new Error('no /proc here'));
    const journal = new Journal({ clock: testClock() });
    const sockets = new SocketWatch({ read, intervalMs: 60_000, now: () => 7 });
    const hub = new WireHub({ journal, demos: () => [], sockets, packets: NO_PACKETS });
    const { browser, viewer } = join(hub);
    expect(read).not.toHaveBeenCalled();
    viewer.receive({ type: 'watch-sockets', on: true, ports: [9_555] });
    await vi.waitFor(() => expect(browser.messages.at(-1)?.type).toBe('sockets'));
    expect(read).toHaveBeenCalledExactlyOnceWith(new Set([9_555]));
    expect(browser.messages.at(-1)).toEqual({ type: 'sockets', wallMs: 7, rows: null, reason: 'no /proc here' });
    hub.close();
  });

  it('answers a ping, and sends nothing unasked where nothing happens', () => {
    const { hub } = scene();
    const { browser, viewer } = join(hub);
    browser.messages.length = 0;
    hub.flush();
    viewer.receive({ type: 'ping' });
    expect(browser.messages).toEqual([{ type: 'pong' }]);
    hub.close();
  });

  it('captures on one of the interfaces that there are, and on no other, and answers each time how that fares', () => {
    const { hub } = scene();
    const { browser, viewer } = join(hub);
    const said = () => browser.messages.splice(0).flatMap((each) => (each.type === 'error' ? each.code : each.type));
    said();
    viewer.receive({ type: 'watch-packets', on: true, ports: [], interface: 'eth0' });
    expect(said()).toEqual(['capture']);
    viewer.receive({ type: 'watch-packets', on: true, ports: [], interface: 'eth0; rm -rf /' });
    expect(said()).toEqual(['no-such-interface', 'capture']);
    hub.close();
  });

  it('answers for octets with all that was recorded, or with nothing when they are gone', () => {
    const { journal, hub, conversation } = scene();
    journal.data(conversation, 'to-server', Buffer.alloc(2_000, 0x61));
    const { browser, viewer } = join(hub);
    viewer.receive({ type: 'payload', seq: 2 });
    viewer.receive({ type: 'payload', seq: 99 });
    expect(browser.messages.slice(-2)).toEqual([
      { type: 'payload', seq: 2, bytes: Buffer.alloc(2_000, 0x61).toString('base64') },
      { type: 'payload', seq: 99, bytes: null },
    ]);
    hub.close();
  });
});
