/** A lab host, the lab's wire, and the kernel at its other end. */
import { DEFAULT_TCP_OPTIONS, type TcpOptions } from '../../web/lab/stack/stack.ts';
import { RealTimeHost } from './real-time-host.ts';
import { RealTimeWire } from './real-time-wire.ts';
import { serveAll } from './servers.ts';
import { LAB_ADDRESS, Tunnel } from './tunnel.ts';

/**
 * The wire here has no delay worth a second's patience: RFC 6298 lets the least timeout be shorter where it is measured
 * finely (§2.4 is a SHOULD), and a test does not wait for 15 doublings.
 */
const TCP: Partial<TcpOptions> = { minRtoUs: 200_000, maxRtoUs: 2_000_000, mslUs: 500_000 };
const MTU = 1500;
const TTL = 64;

/** All three, opened and closed together. */
export class Lab {
  readonly host: RealTimeHost;
  readonly wire: RealTimeWire;
  readonly #tunnel: Tunnel;

  private constructor(tunnel: Tunnel, host: RealTimeHost, wire: RealTimeWire) {
    this.#tunnel = tunnel;
    this.host = host;
    this.wire = wire;
  }

  static async open(): Promise<Lab> {
    const tunnel = await Tunnel.open();
    const wire = new RealTimeWire({
      'to-lab': (packet) => host.receive(packet),
      'to-kernel': (packet) => tunnel.send(packet),
    });
    const options = { address: LAB_ADDRESS, mtu: MTU, ttl: TTL, secret: 7, tcp: { ...DEFAULT_TCP_OPTIONS, ...TCP } };
    const host: RealTimeHost = new RealTimeHost(options, (packet) => wire.send('to-kernel', packet));
    serveAll(host);
    tunnel.listen((packet) => wire.send('to-lab', packet));
    return new Lab(tunnel, host, wire);
  }

  async close(): Promise<void> {
    this.host.close();
    await this.#tunnel.close();
  }
}
