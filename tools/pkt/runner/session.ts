/** What the calls and packets of one running script share. */
import type { SocketAddress, TcpView } from '../../../web/lab/stack/stack.ts';
import type { TcpDescriptor } from './descriptor.ts';
import { Descriptors } from './descriptors.ts';
import { Flows } from './flows.ts';
import { Machine } from './machine.ts';
import type { Settings } from './settings.ts';

/** Makes sequence numbers and ports; any number does, the same one for every run. */
const SECRET = 0x5eed;
const TTL = 64;

/** The host under test, its descriptors and its connections. */
export class Session {
  readonly settings: Settings;
  readonly descriptors = new Descriptors();
  readonly machine: Machine;
  readonly flows: Flows;

  constructor(settings: Settings) {
    this.settings = settings;
    const { localAddress: address, mtu } = settings;
    const options = { address, mtu, ttl: TTL, secret: SECRET, tcp: { ...settings.tcp } };
    this.machine = new Machine(options, (notice) => this.descriptors.hear(notice));
    this.flows = new Flows(settings);
  }

  /** The peer that a script means by `...`. */
  get peer(): SocketAddress {
    return { address: this.settings.remoteAddress, port: this.settings.connectPort };
  }

  viewOf(descriptor: TcpDescriptor): TcpView | undefined {
    return descriptor.id === null ? undefined : this.machine.views().find(({ socket }) => socket === descriptor.id);
  }
}
