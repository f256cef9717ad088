import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type CaptureStatus, capturedInterfaces } from '#protocol/capture.ts';
import { Capture } from './capture.ts';
import type { CaptureProcessOptions } from './capture-process.ts';
import { captureFilter } from './filter.ts';
import { FrameRing } from './frame-ring.ts';
import { GRACE_MS, LOOK_MS, MAX_FILTER_PORTS } from './limits.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

interface Started extends CaptureProcessOptions {
  stopped: boolean;
}

/** A capture whose programs are the test's. */
function scene({
  installed = ['tcpdump'],
  ports = new Set([7_007]),
  interfaces = ['lo', 'eth0', 'eth1'],
  alsoOn = [] as string[],
} = {}) {
  const programs: Started[] = [];
  const told: CaptureStatus[] = [];
  const capture = new Capture({
    device: 'lo',
    platform: 'linux',
    interfaces: () => interfaces,
    alsoOn,
    ports: () => ports,
    isPagePort: (port) => port === 7_070,
    find: async (name) => (installed.includes(name) ? `/usr/bin/${name}` : null),
    fromWallUs: (wallUs) => wallUs - 1_000,
    run: (options) => {
      const started = { ...options, stopped: false };
      programs.push(started);
      return {
        ask: () => {},
        stop: () => {
          started.stopped = true;
        },
      };
    },
  });
  const look = async () => {
    const watch = capture.watch((status) => told.push(status));
    await settle();
    return watch;
  };
  return { capture, programs, told, look, ports, program: (at: number): Started => programs[at] ?? fail() };
}

function fail(): never {
  throw new Error('no such program was started');
}

/** Lets promises that wait for nothing go on. */
async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0);
}

const FRAME = {
  seconds: 1,
  nanoseconds: 5_000,
  interface: 0,
  linkType: 1,
  bytes: Uint8Array.of(1, 2),
  originalLength: 2,
  direction: null,
  comment: null,
};

describe('the capture', () => {
  it('runs while somebody looks, and a moment longer', async () => {
    const { capture, programs, program, told, look } = scene();
    expect(programs).toEqual([]);
    const watch = await look();
    program(0).listening();
    expect(told.map(({ state }) => state)).toEqual(['off', 'starting', 'on']);
    program(0).frame(FRAME);
    expect(capture.read(1)).toMatchObject({ number: 1, timeUs: 1_000_005 - 1_000, interface: 'lo', bytes: 'AQI=' });
    watch.leave();
    await vi.advanceTimersByTimeAsync(GRACE_MS - 1);
    expect(program(0).stopped).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect([program(0).stopped, capture.status.state]).toEqual([true, 'off']);
    expect(capture.status.captured).toBe(1);
  });

  it('goes on when somebody comes back in time', async () => {
    const { programs, program, look } = scene();
    const watch = await look();
    program(0).listening();
    watch.leave();
    await vi.advanceTimersByTimeAsync(GRACE_MS / 2);
    await look();
    await vi.advanceTimersByTimeAsync(GRACE_MS);
    expect([programs.length, program(0).stopped]).toEqual([1, false]);
  });

  it('asks for our ports and those that a step names, anew when they change', async () => {
    const { programs, program, look, ports, told } = scene();
    const watch = await look();
    program(0).listening();
    expect(program(0).filter).toBe(captureFilter([7_007]));
    // The page's own port is left out, whoever asks for it.
    watch.setPorts([9_000, 7_070]);
    await settle();
    expect([program(0).stopped, program(1).filter]).toEqual([true, captureFilter([7_007, 9_000])]);
    program(1).listening();
    ports.add(7_009);
    await vi.advanceTimersByTimeAsync(LOOK_MS);
    expect(programs.at(-1)?.filter).toBe(captureFilter([7_007, 7_009, 9_000]));
    expect(told.at(-1)?.state).toBe('starting');
  });

  it('says why it is not permitted, and what would permit it', async () => {
    const { capture, program, look } = scene();
    await look();
    program(0).ended("tcpdump: lo: You don't have permission to capture on that device");
    await settle();
    expect(capture.status).toMatchObject({
      state: 'refused',
      refusal: 'not-permitted',
      tool: 'tcpdump',
      remedy: ['sudo setcap cap_net_raw,cap_net_admin+eip /usr/bin/tcpdump'],
    });
  });

  it('tries the second program when the first is refused, and both again when somebody comes', async () => {
    const { capture, program, look } = scene({ installed: ['tcpdump', 'dumpcap'] });
    await look();
    program(0).ended('Operation not permitted');
    await settle();
    program(1).listening();
    expect(capture.status).toMatchObject({ state: 'on', tool: 'dumpcap', dropped: null });
    const nothing = scene({ installed: [] });
    await nothing.look();
    expect(nothing.capture.status).toMatchObject({ state: 'refused', refusal: 'no-tool' });
    await nothing.look();
    expect(nothing.told.filter(({ state }) => state === 'starting').length).toBeGreaterThan(1);
  });

  it('tells of a program that ends by itself, with its own words', async () => {
    const { capture, program, look } = scene();
    await look();
    program(0).listening();
    program(0).dropped(7);
    expect(capture.status).toMatchObject({ state: 'on', dropped: 7 });
    program(0).ended('tcpdump: pcap_loop: The interface disappeared');
    expect(capture.status).toMatchObject({
      state: 'refused',
      refusal: 'failed',
      detail: expect.stringContaining('disappeared'),
    });
  });

  it('captures on one more interface of those that there are, for as long as somebody wants that', async () => {
    const { capture, programs, program, look } = scene();
    const [first, second] = [await look(), await look()];
    program(0).listening();
    expect(capture.status.interfaces).toEqual(['eth0', 'eth1']);
    expect([first.setInterface('eth0'), second.setInterface('eth0')]).toEqual([true, true]);
    await settle();
    program(1).listening();
    expect(programs.map(({ device, filter }) => [device, filter])).toEqual([
      ['lo', captureFilter([7_007])],
      ['eth0', captureFilter([7_007])],
    ]);
    program(1).frame(FRAME);
    expect(capture.read(1)?.interface).toBe('eth0');
    expect(capture.status.also).toEqual([{ interface: 'eth0', state: 'on', detail: null }]);
    first.setInterface(null);
    expect(program(1).stopped).toBe(false);
    second.leave();
    expect([program(0).stopped, program(1).stopped, capture.status.also]).toEqual([false, true, []]);
  });

  it('captures on the interface that Porthole listens on besides the loopback, whoever looks', async () => {
    const { capture, programs, program, look } = scene({ alsoOn: ['eth0'] });
    const watch = await look();
    program(0).listening();
    program(1).listening();
    expect(programs.map(({ device }) => device)).toEqual(['lo', 'eth0']);
    expect([capturedInterfaces(capture.status), capture.status.interfaces]).toEqual([['lo', 'eth0'], ['eth1']]);
    watch.leave();
    await vi.advanceTimersByTimeAsync(GRACE_MS);
    expect([program(0).stopped, program(1).stopped]).toEqual([true, true]);
  });

  it('does not take an interface that there is not, whatever it is called', async () => {
    const { programs, look } = scene();
    const watch = await look();
    for (const name of ['eth7', 'any', '-w', 'lo']) expect(watch.setInterface(name)).toBe(false);
    await settle();
    expect(programs).toHaveLength(1);
  });

  it('goes on with the usual interface when the other is refused, and says why', async () => {
    const { capture, program, look } = scene();
    const watch = await look();
    program(0).listening();
    watch.setInterface('eth1');
    await settle();
    program(1).ended('tcpdump: eth1: That device is not up');
    await settle();
    expect(capture.status).toMatchObject({
      state: 'on',
      also: [{ interface: 'eth1', state: 'refused', detail: expect.stringContaining('not up') }],
    });
  });

  it('ends its program when it is closed', async () => {
    const { capture, program, look } = scene();
    await look();
    program(0).listening();
    capture.close();
    expect(program(0).stopped).toBe(true);
  });
});

describe('the filter', () => {
  it('names every port once, and the errors that quote them', () => {
    expect(captureFilter([7_009, 7_007, 7_007])).toBe(
      '(port 7007 or port 7009) or (icmp and (icmp[28:2] = 7007 or icmp[30:2] = 7007 or icmp[28:2] = 7009 or icmp[30:2] = 7009))' +
        ' or (icmp6 and (ip6[88:2] = 7007 or ip6[90:2] = 7007 or ip6[88:2] = 7009 or ip6[90:2] = 7009))',
    );
  });

  it('is bounded, and lets nothing through when there is no port', () => {
    const many = captureFilter(Array.from({ length: 1_000 }, (_, port) => port + 1));
    expect(many.match(/\bport \d+/g)).toHaveLength(MAX_FILTER_PORTS);
    expect(captureFilter([])).toBe('less 1');
  });
});

describe('the frames held', () => {
  it('are bounded in number and in octets, and keep their numbers', () => {
    const ring = new FrameRing(8, 100);
    for (let nth = 0; nth < 20; nth += 1) ring.append({ ...FRAME, bytes: Uint8Array.of(nth) }, 'lo');
    expect(ring.head).toBe(20);
    expect(ring.head - ring.oldest + 1).toBeLessThanOrEqual(9);
    expect(ring.read(20)?.bytes).toEqual(Buffer.of(19));
    expect(ring.read(ring.oldest - 1)).toBeNull();
    ring.append({ ...FRAME, bytes: new Uint8Array(99) }, 'lo');
    ring.append({ ...FRAME, bytes: new Uint8Array(99) }, 'lo');
    expect([ring.head, ring.oldest]).toEqual([22, 22]);
  });
});
