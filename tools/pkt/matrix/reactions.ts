/**
 * What RFC 9293 §3.10.7 says a host does, state by state, with the challenge ACKs of RFC 5961 and RFC 1337's remedy for
 * TIME-WAIT. Written from the RFCs, not from the stack: it is what the stack is held to.
 */
import {
  type Numbers,
  POSITIONS,
  type Position,
  SEGMENTS,
  type SegmentKind,
  segmentLine,
  sequenceAt,
} from './segments.ts';

/** One segment to a host in a state. Lines are a script's, `> …`, and come after the script that enters the state. */
export interface Reaction {
  readonly title: string;
  /** Name of the script in scripts/states. */
  readonly state: string;
  readonly segment: string;
  readonly replies: readonly string[];
  /** Linux's name of the state afterwards; `null`: the connection is not the socket's, or there is none. */
  readonly next: string | null;
}

/** The synchronized states: the number of the first script event that is ours in each, and Linux's name. */
const SYNCHRONIZED: Readonly<Record<string, Numbers & { readonly name: string }>> = {
  established: { sndUna: 1, sndNxt: 1, rcvNxt: 1, name: 'TCP_ESTABLISHED' },
  'fin-wait-1': { sndUna: 1, sndNxt: 2, rcvNxt: 1, name: 'TCP_FIN_WAIT1' },
  'fin-wait-2': { sndUna: 2, sndNxt: 2, rcvNxt: 1, name: 'TCP_FIN_WAIT2' },
  'close-wait': { sndUna: 1, sndNxt: 1, rcvNxt: 2, name: 'TCP_CLOSE_WAIT' },
  closing: { sndUna: 1, sndNxt: 2, rcvNxt: 2, name: 'TCP_CLOSING' },
  'last-ack': { sndUna: 1, sndNxt: 2, rcvNxt: 2, name: 'TCP_LAST_ACK' },
  'time-wait': { sndUna: 2, sndNxt: 2, rcvNxt: 2, name: 'TCP_TIME_WAIT' },
};

/** States in which octets of the peer are still taken: its FIN has not come. */
const RECEIVING = ['established', 'fin-wait-1', 'fin-wait-2'];

/** Where the peer's FIN leads; ours is not acknowledged by it. */
const AFTER_FIN: Readonly<Record<string, string>> = {
  established: 'TCP_CLOSE_WAIT',
  'fin-wait-1': 'TCP_CLOSING',
  'fin-wait-2': 'TCP_TIME_WAIT',
};

/** All reactions of all states. */
export function allReactions(): readonly Reaction[] {
  const synchronized = Object.keys(SYNCHRONIZED).flatMap((state) =>
    SEGMENTS.flatMap((kind) => POSITIONS.flatMap((position) => synchronizedReaction(state, kind, position) ?? [])),
  );
  return [...closed(), ...listening(), ...synSent(), ...synReceived(), ...synchronized];
}

/** RFC 9293 §3.10.7.4, in its order. `null`: the case makes no sense, a second FIN behind the first. */
function synchronizedReaction(state: string, kind: SegmentKind, position: Position): Reaction | null {
  const numbers = SYNCHRONIZED[state];
  if (!numbers) return null;
  const { sndUna, sndNxt, rcvNxt, name } = numbers;
  const segment = segmentLine(kind, sequenceAt(position, rcvNxt), sndUna);
  const isOver = !RECEIVING.includes(state);
  if (isOver && (kind === 'fin' || kind === 'fin-ack') && position !== 'left') return null;
  const reaction = (replies: readonly string[], next: string | null = name) => ({
    title: `${kind} ${position}`,
    state,
    segment,
    replies,
    next,
  });
  const ack = `> . ${sndNxt}:${sndNxt}(0) ack ${rcvNxt}`;
  const isReset = kind === 'rst' || kind === 'rst-ack';
  // RFC 1337: a RST does not end TIME-WAIT.
  if (isReset && state === 'time-wait') return reaction([]);
  // First: outside the window, an ACK; a RST is dropped.
  if (position === 'left' || position === 'right') return reaction(isReset ? [] : [ack]);
  // Second: RFC 5961 §3.2, only the exact number resets.
  if (isReset) return position === 'exact' ? reaction([], 'TCP_CLOSE') : reaction([ack]);
  // Fourth: RFC 5961 §4.2.
  if (kind === 'syn' || kind === 'syn-ack') return reaction([ack]);
  // Fifth: without ACK it is dropped.
  if (kind === 'fin' || kind === 'ack') return reaction([]);
  // Seventh: after the peer's FIN its octets are ignored.
  if (isOver) return reaction([]);
  // RFC 5681 §4.2: what leaves a gap is answered at once.
  if (position !== 'exact') return reaction([ack]);
  if (kind === 'data') return reaction([`> . ${sndNxt}:${sndNxt}(0) ack ${rcvNxt + 1}`]);
  return reaction([`> . ${sndNxt}:${sndNxt}(0) ack ${rcvNxt + 1}`], AFTER_FIN[state] ?? null);
}

/** RFC 9293 §3.10.7.1: a reset for everything but a reset. */
function closed(): readonly Reaction[] {
  return SEGMENTS.map((kind) => {
    const length = (kind === 'syn' || kind === 'fin' ? 1 : 0) + (kind === 'data' ? 1 : 0);
    const hasAck = segmentLine(kind, 5, 9).includes('ack');
    const reply = hasAck ? '> R 9:9(0) win 0' : `> R. 0:0(0) ack ${5 + length} win 0`;
    const replies = kind.startsWith('rst') ? [] : [reply];
    return { title: kind, state: 'closed', segment: segmentLine(kind, 5, 9), replies, next: null };
  });
}

/** RFC 9293 §3.10.7.2: a RST is ignored, an ACK is answered with a RST, a SYN with a SYN-ACK. */
function listening(): readonly Reaction[] {
  const replies: Readonly<Record<SegmentKind, readonly string[]>> = {
    syn: ['> S. 0:0(0) ack 6 <mss 1460>'],
    'syn-ack': ['> R 9:9(0) win 0'],
    fin: [],
    'fin-ack': ['> R 9:9(0) win 0'],
    ack: ['> R 9:9(0) win 0'],
    data: ['> R 9:9(0) win 0'],
    rst: [],
    'rst-ack': [],
  };
  return SEGMENTS.map((kind) => ({
    title: kind,
    state: 'listen',
    segment: segmentLine(kind, 5, 9),
    replies: replies[kind],
    next: null,
  }));
}

/** RFC 9293 §3.10.7.3: SEG.ACK is 1, which acknowledges our SYN, or 0 or 2, which are unacceptable. */
function synSent(): readonly Reaction[] {
  const good: Readonly<Record<SegmentKind, readonly [readonly string[], string]>> = {
    syn: [['> S. 0:0(0) ack 6 <...>'], 'TCP_SYN_RECV'],
    'syn-ack': [['> . 1:1(0) ack 1'], 'TCP_ESTABLISHED'],
    fin: [[], 'TCP_SYN_SENT'],
    'fin-ack': [[], 'TCP_SYN_SENT'],
    ack: [[], 'TCP_SYN_SENT'],
    data: [[], 'TCP_SYN_SENT'],
    rst: [[], 'TCP_SYN_SENT'],
    'rst-ack': [[], 'TCP_CLOSE'],
  };
  const acceptable = SEGMENTS.map((kind) => {
    const [replies, next] = good[kind];
    return { title: `${kind}, ack 1`, state: 'syn-sent', segment: segmentLine(kind, 5, 1), replies, next };
  });
  const withAck: readonly SegmentKind[] = ['syn-ack', 'fin-ack', 'ack', 'data', 'rst-ack'];
  const unacceptable = [0, 2].flatMap((number) =>
    withAck.map((kind) => ({
      title: `${kind}, ack ${number}`,
      state: 'syn-sent',
      segment: segmentLine(kind, 5, number),
      replies: kind === 'rst-ack' ? [] : [`> R ${number}:${number}(0) win 0`],
      next: 'TCP_SYN_SENT',
    })),
  );
  return [...acceptable, ...unacceptable];
}

/** RFC 9293 §3.10.7.4 for a passive open: back to LISTEN on a reset or a SYN in the window. */
function synReceived(): readonly Reaction[] {
  const state = 'syn-received';
  const ack = '> . 1:1(0) ack 1';
  const reactions: [string, string, readonly string[]][] = [];
  for (const kind of SEGMENTS) {
    const isReset = kind === 'rst' || kind === 'rst-ack';
    for (const position of ['left', 'right'] as const) {
      // The SYN again, with the number that it had: the RFC asks for an ACK, every stack sends its SYN-ACK again.
      const answer = kind === 'syn' && sequenceAt(position, 1) === 0 ? '> S. 0:0(0) ack 1 <...>' : ack;
      reactions.push([`${kind} ${position}`, segmentLine(kind, sequenceAt(position, 1), 1), isReset ? [] : [answer]]);
    }
  }
  for (const position of ['inside', 'edge'] as const)
    for (const kind of ['rst', 'rst-ack'] as const)
      reactions.push([`${kind} ${position}`, segmentLine(kind, sequenceAt(position, 1), 1), [ack]]);
  for (const kind of ['syn', 'syn-ack', 'rst', 'rst-ack', 'fin'] as const)
    reactions.push([`${kind} exact`, segmentLine(kind, 1, 1), []]);
  for (const number of [0, 2])
    for (const kind of ['ack', 'data', 'fin-ack'] as const)
      reactions.push([`${kind}, ack ${number}`, segmentLine(kind, 1, number), [`> R ${number}:${number}(0) win 0`]]);
  reactions.push(['ack exact', segmentLine('ack', 1, 1), []]);
  reactions.push(['data exact', segmentLine('data', 1, 1), ['> . 1:1(0) ack 2']]);
  reactions.push(['fin-ack exact', segmentLine('fin-ack', 1, 1), ['> . 1:1(0) ack 2']]);
  return reactions.map(([title, segment, replies]) => ({ title, state, segment, replies, next: null }));
}
