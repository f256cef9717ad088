import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { bodyOf, digestOf } from './bodies.ts';
import { type ClientRun, LabNamespace } from './namespace.ts';
import { LAB_PORTS } from './servers.ts';
import { KERNEL_ADDRESS, LAB_ADDRESS } from './tunnel.ts';

/** Two digests that must be the same. */
interface Transfer {
  readonly sent: string;
  readonly received: string;
}

/** Sockets that are neither listening nor waiting out their time, and what was counted so far. */
interface Leftovers {
  readonly kernel: readonly string[];
  readonly lab: readonly string[];
  readonly counters: Readonly<Record<string, number>>;
  readonly wire: { readonly lost: number; readonly duplicated: number; readonly withheld: number };
}

const TWO_MEGABYTES = 2_000_000;
const FIVE_MEGABYTES = 5_000_000;
const DIGEST = digestOf(bodyOf(FIVE_MEGABYTES));

let lab: LabNamespace;
beforeAll(async () => {
  lab = await LabNamespace.open();
});
afterAll(() => lab.close());
afterEach(() => lab.ask('wire', {}));

const curl = (octets: number): Promise<ClientRun> =>
  lab.client('sh', ['-c', `curl -sS http://${LAB_ADDRESS}/${octets} | sha256sum`]);

async function expectSame(scenario: 'download' | 'upload', octets: number): Promise<void> {
  const { sent, received } = await lab.ask<Transfer>(scenario, { octets });
  expect(received).toBe(sent);
}

describe('on a good wire', () => {
  it('both ends answer pings', async () => {
    // One at a time: after the last of several ping waits for no more than twice the longest answer so far.
    for (let pings = 0; pings < 3; pings += 1) {
      const { stdout, code } = await lab.client('ping', ['-c', '1', '-s', '1400', LAB_ADDRESS]);
      expect([code, stdout]).toEqual([0, expect.stringContaining('1 packets transmitted, 1 received, 0% packet loss')]);
    }
    const pong = await lab.ask('ping', { octets: 1000 });
    expect(pong).toEqual({ from: KERNEL_ADDRESS, identifier: 7, sequence: 1, same: true });
  });

  it('a ping that is longer than a packet goes there and back in fragments', async () => {
    const { stdout } = await lab.client('ping', ['-c', '1', '-s', '5000', LAB_ADDRESS]);
    expect(stdout).toContain('1 received');
    expect(await lab.ask('ping', { octets: 5000 })).toMatchObject({ same: true });
  });

  it('curl fetches 5 MB from our stack', async () => {
    expect((await curl(FIVE_MEGABYTES)).stdout).toContain(DIGEST);
  });

  it('our stack fetches 5 MB from the kernel', () => expectSame('download', FIVE_MEGABYTES));

  it('our stack ends its half and hears the kernel’s answer', () => expectSame('upload', FIVE_MEGABYTES));

  it('nc sends, ends its half, and hears the answer of our stack', async () => {
    const script = `head -c 300000 /dev/zero | nc -N ${LAB_ADDRESS} ${LAB_PORTS.digest}`;
    expect((await lab.client('sh', ['-c', script])).stdout.trim()).toBe(digestOf(Buffer.alloc(300_000)));
  });

  it('our stack speaks first and ends its half, and nc goes on', async () => {
    const script = `(sleep 0.2; echo more) | nc -N ${LAB_ADDRESS} ${LAB_PORTS.greet}`;
    expect(await lab.client('sh', ['-c', script])).toMatchObject({ code: 0, stdout: 'hello\n' });
  });

  it('our stack connects to nc, and each hears what the other says', async () => {
    const said = 'from nc\n'.repeat(5_000);
    const script = `yes 'from nc' | head -5000 | nc -l -N ${KERNEL_ADDRESS} 5000 | sha256sum`;
    const listening = lab.client('sh', ['-c', script]);
    await expect
      .poll(async () => (await lab.client('ss', ['-tlnH', 'sport', '=', ':5000'])).stdout)
      .toContain('LISTEN');
    const { sent, received } = await lab.ask<Transfer>('sendTo', { port: 5000, octets: 200_000 });
    expect(received).toBe(digestOf(Buffer.from(said)));
    expect((await listening).stdout).toContain(sent);
  });

  it('a port where nobody listens refuses, at either end', async () => {
    expect(await lab.ask('refused', {})).toEqual({ lab: 'ECONNREFUSED', kernel: 'ECONNREFUSED' });
  });

  it('a reset is a reset, at either end', async () => {
    expect(await lab.ask('reset', {})).toEqual({ lab: 'ECONNRESET', kernel: 'ECONNRESET' });
  });
});

describe.each([
  ['that is good', {}],
  ['that loses 2 %', { loss: 0.02, seed: 11 }],
  ['that reorders', { reorder: 0.03, seed: 12 }],
  ['that duplicates', { duplicate: 0.03, seed: 13 }],
])('on a wire %s', (_, wire) => {
  it('the kernel opens, and 5 MB go to curl, and from it by nc back to us, whole', async () => {
    await lab.ask('wire', wire);
    const there = `curl -sS http://${LAB_ADDRESS}/${FIVE_MEGABYTES}`;
    const back = `nc -N ${LAB_ADDRESS} ${LAB_PORTS.digest}`;
    expect((await lab.client('sh', ['-c', `${there} | ${back}`])).stdout.trim()).toBe(DIGEST);
  });

  it('our stack opens, and 2 MB go each way whole', async () => {
    await lab.ask('wire', wire);
    await expectSame('download', TWO_MEGABYTES);
    await expectSame('upload', TWO_MEGABYTES);
  });

  it('fifty connections at once, half of them opened by either end', async () => {
    await lab.ask('wire', wire);
    expect(await lab.ask('parallel', { connections: 50 })).toEqual({ same: 50 });
  });
});

it('on a wire that loses 20 % 100 kB come through whole, at their own pace', async () => {
  const lost = async () => (await lab.ask<Leftovers>('leftovers', {})).wire.lost;
  const before = await lost();
  await lab.ask('wire', { loss: 0.2, seed: 21 });
  await expectSame('download', 100_000);
  await expectSame('upload', 100_000);
  expect((await lost()) - before).toBeGreaterThan(15);
});

describe('the kernel, held in a state by what is kept from it', () => {
  it.each([
    ['CLOSED', 'TIME-WAIT'],
    ['LISTEN', 'CLOSED'],
    ['SYN-SENT', 'SYN-RECEIVED'],
    ['SYN-RECV', 'ESTABLISHED'],
    ['ESTAB', 'ESTABLISHED'],
    ['FIN-WAIT-1', 'ESTABLISHED'],
    ['FIN-WAIT-2', 'CLOSE-WAIT'],
    ['CLOSE-WAIT', 'FIN-WAIT-2'],
    ['CLOSING', 'FIN-WAIT-2'],
    ['LAST-ACK', 'TIME-WAIT'],
    ['TIME-WAIT', 'CLOSED'],
  ])('%s: ss says so, and our stack is in %s', async (kernel, ours) => {
    expect(await lab.ask('freeze', { kernel, ours })).toEqual({ kernel, ours });
  });
});

describe('afterwards', () => {
  it('no connection is stuck, at either end', async () => {
    await expect
      .poll(async () => {
        const { kernel, lab: ours } = await lab.ask<Leftovers>('leftovers', {});
        return { kernel, ours };
      })
      .toEqual({ kernel: [], ours: [] });
  });

  it('the kernel has found nothing wrong with our packets', async () => {
    const { counters, wire } = await lab.ask<Leftovers>('leftovers', {});
    const { IpInHdrErrors, IpReasmFails, TcpInCsumErrors, IcmpInErrors, TcpExtTCPAbortFailed } = counters;
    expect({ IpInHdrErrors, IpReasmFails, TcpInCsumErrors, IcmpInErrors, TcpExtTCPAbortFailed }).toEqual({
      IpInHdrErrors: 0,
      IpReasmFails: 0,
      TcpInCsumErrors: 0,
      IcmpInErrors: 0,
      TcpExtTCPAbortFailed: 0,
    });
    expect(counters.TcpPassiveOpens).toBeGreaterThan(50);
    expect(counters.TcpRetransSegs).toBeGreaterThan(50);
    expect(Math.min(wire.lost, wire.duplicated, wire.withheld)).toBeGreaterThan(0);
  });
});
