/** All that a run follows from: the same setup and actions give the same run, packet by packet. */
import type { TcpOptions } from '../stack/options.ts';
import type { SimTime } from '../stack/time.ts';
import type { HostId, LinkSettings, WireSettings } from './link-settings.ts';
import type { WireRule } from './wire-rule.ts';

/** A program's text; it starts when the run starts, those of host b first. */
export interface ProgramText {
  readonly name: string;
  readonly text: string;
}

/** One host. */
export interface HostSetup {
  /** Programs may call it by this name. */
  readonly name: string;
  /** IPv4, dotted decimal. */
  readonly address: string;
  readonly tcp: TcpOptions;
}

/** What a run begins with. */
export interface RunSetup {
  /** Decides every accident of the wire and the hosts' initial sequence numbers. */
  readonly seed: number;
  readonly hosts: Readonly<Record<HostId, HostSetup>>;
  /** A host's interface has the MTU with which its direction of the wire begins. */
  readonly wire: WireSettings;
  readonly rules: readonly WireRule[];
  readonly programs: Readonly<Record<HostId, readonly ProgramText[]>>;
}

/** What the learner does by hand while the run goes on. */
export type Deed =
  /** Takes a copy that is in flight off the wire. */
  | { readonly deed: 'drop'; readonly packet: number; readonly copy: number }
  | { readonly deed: 'delay'; readonly packet: number; readonly copy: number; readonly byUs: number }
  /** Two copies that are in flight in the same direction change places. */
  | {
      readonly deed: 'swap';
      readonly packet: number;
      readonly copy: number;
      readonly withPacket: number;
      readonly withCopy: number;
    }
  | { readonly deed: 'wire'; readonly from: HostId; readonly settings: LinkSettings };

/** A deed and its place in the run. */
export interface Action {
  /** Ticks that had passed. */
  readonly afterTick: number;
  readonly at: SimTime;
  readonly deed: Deed;
}
