/** What a seed says about a run: how bad the wire is, and what both ends have switched on. */
import type { CongestionControlName, TcpOptions } from '../options.ts';
import type { Chance } from './random.ts';

/** Rates are probabilities a packet. */
export interface SoakSettings {
  readonly loss: number;
  readonly reorder: number;
  readonly duplicate: number;
  readonly corrupt: number;
  readonly delayUs: number;
  readonly jitterUs: number;
  readonly mtu: number;
  /** Longest packet that the path carries. */
  readonly pathMtu: number;
  readonly a: Partial<TcpOptions>;
  readonly b: Partial<TcpOptions>;
}

/** Chooses them. */
export function chooseSettings(chance: Chance): SoakSettings {
  const bad = chance.pick(0, 0.01, 0.05, 0.2);
  const rate = () => (chance.happens(0.5) ? bad : 0);
  const mtu = chance.pick(1500, 1500, 576, 9000, 120);
  return {
    loss: rate(),
    reorder: rate(),
    duplicate: rate(),
    corrupt: rate(),
    delayUs: chance.pick(10, 1_000, 20_000, 200_000),
    jitterUs: chance.pick(0, 0, 5_000),
    mtu,
    pathMtu: chance.happens(0.8) ? mtu : Math.ceil(mtu * 0.6),
    a: chooseOptions(chance),
    b: chooseOptions(chance),
  };
}

function chooseOptions(chance: Chance): Partial<TcpOptions> {
  return {
    windowScale: chance.happens(0.7),
    timestamps: chance.happens(0.6),
    sack: chance.happens(0.6),
    nagle: chance.happens(0.7),
    delayedAck: chance.happens(0.7),
    fastRetransmit: chance.happens(0.8),
    sillyWindowAvoidance: chance.happens(0.8),
    congestionControl: chance.pick<CongestionControlName>('reno', 'cubic', 'none'),
    initialWindowSegments: chance.pick(1, 3, 10),
    sendBufferBytes: chance.pick(1_000, 20_000, 262_144),
    receiveBufferBytes: chance.pick(500, 4_000, 65_535, 262_144, 2_000_000),
    minRtoUs: chance.pick(200_000, 1_000_000),
    pathMtuDiscovery: chance.happens(0.7),
    dataRetries: 30,
    synRetries: 30,
  };
}
