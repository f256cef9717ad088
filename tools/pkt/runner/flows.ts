/** Which connection a packet of a script belongs to, where the script does not say its ports. */
import { TCP_FLAGS } from '#packets/tcp.ts';
import type { PacketSpec, PortsSpec, TcpSpec } from '../language/packet.ts';
import { type Ends, Flow } from './flow.ts';
import type { Settings } from './settings.ts';

/** The peer's ports, one after the other as it opens connections. */
const FIRST_REMOTE_PORT = 40_001;
/** Most connections of one script. */
const MAX_FLOWS = 10_000;

/** All connections of a script, and which of them is the current one. */
export class Flows {
  readonly #settings: Settings;
  readonly #all: Flow[] = [];
  #nextRemotePort = FIRST_REMOTE_PORT;
  /** Of the last `listen`. */
  listeningPort: number | null = null;
  /** The connection, and the datagram socket, that packets without ports belong to. */
  tcp: Flow | null = null;
  udp: Flow | null = null;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** A connection or datagram socket that the host opens; it is the current one from now on. */
  open(protocol: 'tcp' | 'udp', ends: Ends): Flow {
    const flow = this.#byEnds(ends) ?? this.#add(ends);
    this[protocol] = flow;
    return flow;
  }

  /** The flow of a packet to the host. `isAlive` tells whether the host has a connection with these ends. */
  ofIncoming(spec: PacketSpec, isAlive: (ends: Ends) => boolean): Flow {
    if (spec.protocol === 'icmp') return this.#quoted(spec.quoted?.protocol ?? null);
    if (spec.ports) return this.#byPorts(spec.protocol, spec.ports, 'in');
    if (spec.protocol === 'udp') return this.udp ?? this.open('udp', this.#newEnds(this.#settings.bindPort));
    const opens = isOpening(spec) && this.listeningPort !== null && (this.tcp === null || !isAlive(this.tcp.ends));
    if (opens) return this.open('tcp', this.#newEnds(this.listeningPort ?? this.#settings.bindPort));
    return this.tcp ?? this.open('tcp', this.#newEnds(this.listeningPort ?? this.#settings.bindPort));
  }

  /** The flow of a packet of the host, by its ports. */
  ofSent(ends: Ends): Flow {
    return this.#byEnds(ends) ?? this.#add(ends);
  }

  /** The flow that the ports of a script name. */
  #byPorts(protocol: 'tcp' | 'udp', { source, destination }: PortsSpec, direction: 'in' | 'out'): Flow {
    const ends =
      direction === 'in'
        ? { localPort: destination, remotePort: source }
        : { localPort: source, remotePort: destination };
    return this.open(protocol, ends);
  }

  #quoted(protocol: 'tcp' | 'udp' | null): Flow {
    const flow = protocol === 'udp' ? this.udp : (this.tcp ?? this.udp);
    return flow ?? this.open(protocol ?? 'tcp', this.#newEnds(this.#settings.bindPort));
  }

  #byEnds({ localPort, remotePort }: Ends): Flow | undefined {
    return this.#all.find(({ ends }) => ends.localPort === localPort && ends.remotePort === remotePort);
  }

  #newEnds(localPort: number): Ends {
    const remotePort = this.#nextRemotePort;
    this.#nextRemotePort += 1;
    return { localPort, remotePort };
  }

  #add(ends: Ends): Flow {
    if (this.#all.length >= MAX_FLOWS) throw new RangeError(`a script has at most ${MAX_FLOWS} connections`);
    const flow = new Flow(ends);
    this.#all.push(flow);
    return flow;
  }
}

function isOpening({ flags }: TcpSpec): boolean {
  return (flags & TCP_FLAGS.syn) !== 0 && (flags & (TCP_FLAGS.ack | TCP_FLAGS.rst)) === 0;
}
