/**
 * The expectation language of steps that are done in the lab: what must be seen in a run. Every one is an edge: it is about
 * something that happens in a run after the step began, and stays true, also when the run is stepped back.
 */
import type { LabHost, LabPacket } from './lab-scene.ts';

/** Which packets are meant. All that is given must hold. */
export interface LabPacketWhere {
  readonly from?: LabHost;
  readonly is?: Exclude<LabPacket, 'any'>;
  /** Default 1: so many, counted from when the step began. */
  readonly times?: number;
}

/** What must be seen in a run. */
export type LabCheck =
  | ({
      readonly kind: 'lab-sent';
      /** The rule by which the stack sent it, e.g. `fast-retransmit`. */
      readonly rule?: string;
      /** It offers a window of zero. */
      readonly zeroWindow?: true;
    } & LabPacketWhere)
  /** `cause`: dice, rule, hand, queue or mtu. */
  | ({ readonly kind: 'lab-lost'; readonly cause?: string } & LabPacketWhere)
  /** `overtaken`: it came after a packet that was sent later. */
  | ({ readonly kind: 'lab-arrived'; readonly overtaken?: true } & LabPacketWhere)
  /** An endpoint came into a state. */
  | { readonly kind: 'lab-state'; readonly host?: LabHost; readonly state: string }
  /** A program printed a line that contains this text. */
  | { readonly kind: 'lab-printed'; readonly host?: LabHost; readonly text: string }
  /** The congestion window of a host has at least so many octets. */
  | { readonly kind: 'lab-cwnd'; readonly host: LabHost; readonly atLeast: number }
  /** The slow-start threshold of a host came down so many times. Default 1. */
  | { readonly kind: 'lab-halved'; readonly host: LabHost; readonly times?: number };

/** What happens in a run, as checks see it. Times in microseconds of the run. */
export type LabSighting =
  | {
      readonly kind: 'sent' | 'lost' | 'arrived';
      readonly atUs: number;
      readonly from: LabHost;
      readonly is: Exclude<LabPacket, 'any'>;
      /** Octets of payload. */
      readonly payload: number;
      /** The window that it offers, unscaled; `null` where it has none. */
      readonly window: number | null;
      readonly rule: string;
      /** What it was sent with: `rto`, `duplicates`, `cwnd` … */
      readonly numbers: Readonly<Record<string, number>>;
      readonly cause: string | null;
      readonly overtaken: boolean;
    }
  | { readonly kind: 'state'; readonly atUs: number; readonly host: LabHost; readonly to: string }
  | { readonly kind: 'printed'; readonly atUs: number; readonly host: LabHost; readonly text: string }
  | {
      readonly kind: 'congestion';
      readonly atUs: number;
      readonly host: LabHost;
      readonly cwnd: number;
      readonly ssthresh: number;
    };

/** A host sent a packet. */
export function labSent(where: Omit<Extract<LabCheck, { kind: 'lab-sent' }>, 'kind'> = {}): LabCheck {
  return { kind: 'lab-sent', ...where };
}

/** The wire lost one. */
export function labLost(where: Omit<Extract<LabCheck, { kind: 'lab-lost' }>, 'kind'> = {}): LabCheck {
  return { kind: 'lab-lost', ...where };
}

/** One came through. */
export function labArrived(where: Omit<Extract<LabCheck, { kind: 'lab-arrived' }>, 'kind'> = {}): LabCheck {
  return { kind: 'lab-arrived', ...where };
}

/** A connection of a host came into a state, by its name in RFC 9293; `host` left out: of either. */
export function labState(state: string, host?: LabHost): LabCheck {
  return { kind: 'lab-state', state, ...(host ? { host } : {}) };
}

/** A program printed a line that has this text in it; `host` left out: on either. */
export function labPrinted(text: string, host?: LabHost): LabCheck {
  return { kind: 'lab-printed', text, ...(host ? { host } : {}) };
}

/** A host's congestion window reached so many octets. */
export function labCwnd(host: LabHost, atLeast: number): LabCheck {
  return { kind: 'lab-cwnd', host, atLeast };
}

/** A host's slow-start threshold came down so many times. */
export function labHalved(host: LabHost, times = 1): LabCheck {
  return { kind: 'lab-halved', host, times };
}
