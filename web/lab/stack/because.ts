/** Why a packet was sent, dropped, or a state was left: the rule, where it stands, and the numbers it was decided with. */

/** Every rule by which the stack acts, and its source. The page has a sentence for each, in both languages. */
export const RULES = {
  'syn-on-connect': 'RFC 9293 §3.10.1',
  'syn-ack-on-syn': 'RFC 9293 §3.10.7.2',
  'ack-of-syn-ack': 'RFC 9293 §3.10.7.3',
  'data-fits-window': 'RFC 9293 §3.10.2',
  'fin-on-close': 'RFC 9293 §3.10.4',
  'rst-no-connection': 'RFC 9293 §3.10.7.1',
  'rst-on-abort': 'RFC 9293 §3.10.5',
  'rst-data-after-close': 'RFC 9293 §3.6.1',
  'ack-every-second-segment': 'RFC 9293 §3.8.6.3',
  'ack-at-once': 'RFC 9293 §3.8.6.3',
  'ack-delay-over': 'RFC 9293 §3.8.6.3',
  'duplicate-ack-out-of-order': 'RFC 5681 §4.2',
  'ack-fills-gap': 'RFC 5681 §4.2',
  'ack-of-fin': 'RFC 9293 §3.10.7.4',
  'ack-unacceptable-segment': 'RFC 9293 §3.10.7.4',
  'challenge-ack': 'RFC 5961 §3.2',
  'retransmission-timeout': 'RFC 6298 §5.4',
  'fast-retransmit': 'RFC 5681 §3.2',
  'partial-ack-retransmit': 'RFC 6582 §3.2',
  'sack-retransmit': 'RFC 6675 §5',
  'limited-transmit': 'RFC 3042 §2',
  'zero-window-probe': 'RFC 9293 §3.8.6.1',
  'window-update': 'RFC 9293 §3.8.6.2.2',
  'keep-alive': 'RFC 9293 §3.8.4',
  'time-wait-ack': 'RFC 9293 §3.10.7.4',
  'icmp-echo-reply': 'RFC 792',
  'icmp-echo-request': 'RFC 792',
  'icmp-port-unreachable': 'RFC 1122 §4.1.3.1',
  'icmp-protocol-unreachable': 'RFC 1122 §3.2.2.1',
  'icmp-fragmentation-needed': 'RFC 1191 §4',
  'icmp-reassembly-timeout': 'RFC 792',
  'udp-send': 'RFC 768',
  'ip-fragment': 'RFC 791 §3.2',
  'passive-open': 'RFC 9293 §3.10.1',
  'simultaneous-open': 'RFC 9293 §3.5',
  'syn-acknowledged': 'RFC 9293 §3.10.7.4',
  'close-before-open': 'RFC 9293 §3.10.4',
  'fin-received': 'RFC 9293 §3.10.7.4',
  'fin-acknowledged': 'RFC 9293 §3.10.7.4',
  'rst-received': 'RFC 9293 §3.5.3',
  'rst-unacceptable-ack': 'RFC 9293 §3.5.2',
  'syn-in-window': 'RFC 9293 §3.10.7.4',
  'rst-syn-in-window': 'RFC 9293 §3.10.7.4',
  'rst-unread-on-close': 'RFC 9293 §3.6.1',
  'time-wait-over': 'RFC 9293 §3.10.8',
  'time-wait-reused': 'RFC 6191 §2',
  'fin-wait-2-over': 'RFC 1122 §4.2.2.13',
  'retries-exhausted': 'RFC 9293 §3.8.3',
  'keep-alive-unanswered': 'RFC 9293 §3.8.4',
  'icmp-error': 'RFC 9293 §3.9.2.2',
  'path-mtu-lowered': 'RFC 1191 §3',
  'slow-start-retransmit': 'RFC 5681 §3.1',
  'rescue-retransmit': 'RFC 6675 §4',
  'silly-window-override': 'RFC 9293 §3.8.6.2.1',
  'paws-ack': 'RFC 7323 §5.3',
} as const satisfies Record<string, string>;

/** A rule's name. */
export type RuleId = keyof typeof RULES;

/** A decision of the stack. */
export interface Because {
  readonly rule: RuleId;
  /** What it was decided with, in octets, microseconds or counts: `duplicates`, `rto`, `cwnd`, `window` … */
  readonly numbers: Readonly<Record<string, number>>;
}

/** A decision, put down. */
export function because(rule: RuleId, numbers: Readonly<Record<string, number>> = {}): Because {
  return { rule, numbers };
}
