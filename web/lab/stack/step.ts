/** One step of a host: something happens, and what it leads to is handed out. */
import { ipv4Number } from '#packets/address.ts';
import { ICMP_PROTOCOL } from '#packets/icmp.ts';
import { TCP_PROTOCOL } from '#packets/tcp.ts';
import { UDP_PROTOCOL } from '#packets/udp.ts';
import { accepted, refused } from './answers.ts';
import type { Answer, Call } from './calls.ts';
import type { HostEvent, HostStep } from './host.ts';
import type { HostState } from './host-state.ts';
import { icmpArrives, ping, protocolUnreachable, reassemblyTimeout } from './icmp.ts';
import { type IncomingIp, readIp } from './ip.ts';
import { expireReassemblies, reassemble } from './reassembly.ts';
import { tcpCall } from './tcp/calls.ts';
import { interfaceMtuChanged } from './tcp/path-mtu.ts';
import { tcpArrives } from './tcp/segment-arrives.ts';
import { tcpDeadline, tcpTimers } from './tcp/timers.ts';
import type { SimTime } from './time.ts';
import { Turn } from './turn.ts';
import { udpArrives, udpCall } from './udp.ts';

/** Longest ping that a host sends: what fits a packet besides both headers. */
const MAX_PING_OCTETS = 0xffff - 20 - 8;

/**
 * What `event` does to a host at `now`. Never throws for what comes in. The answered state may be the same object as
 * `state`: keep a `snapshot` of what is to be gone back to.
 */
export function step(state: HostState, now: SimTime, event: HostEvent): HostStep<HostState> {
  const turn = new Turn(state, now);
  const answer = happen(turn, event);
  return {
    state,
    packets: turn.packets,
    notices: turn.notices,
    answer,
    deadline: deadlineOf(state),
    discard: turn.discarded === null ? null : { reason: turn.discarded },
  };
}

function happen(turn: Turn, event: HostEvent): Answer | null {
  switch (event.event) {
    case 'packet':
      packetArrives(turn, event.bytes);
      return null;
    case 'timer':
      tcpTimers(turn);
      for (const first of expireReassemblies(turn)) reassemblyTimeout(turn, first);
      return null;
    case 'mtu':
      turn.host.setMtu(event.mtu);
      interfaceMtuChanged(turn);
      return null;
    case 'call':
      return answerCall(turn, event.call);
  }
}

function packetArrives(turn: Turn, bytes: Uint8Array): void {
  const incoming = readIp(turn.host, bytes);
  if (typeof incoming === 'string') {
    turn.discard(incoming);
    return;
  }
  const { ip } = incoming;
  if (!ip.moreFragments && ip.fragmentOffset === 0) {
    deliver(turn, incoming);
    return;
  }
  const whole = reassemble(turn, incoming);
  const read = whole === null ? null : readIp(turn.host, whole);
  if (read !== null && typeof read !== 'string') deliver(turn, read);
}

function deliver(turn: Turn, incoming: IncomingIp): void {
  switch (incoming.ip.protocol) {
    case TCP_PROTOCOL:
      tcpArrives(turn, incoming);
      return;
    case UDP_PROTOCOL:
      udpArrives(turn, incoming);
      return;
    case ICMP_PROTOCOL:
      icmpArrives(turn, incoming);
      return;
    default:
      turn.discard('protocol');
      protocolUnreachable(turn, incoming);
  }
}

function answerCall(turn: Turn, call: Call): Answer {
  if (call.call !== 'ping') return isTcpCall(call) ? tcpCall(turn, call) : udpCall(turn, call);
  if (ipv4Number(call.to) === null) return refused('EINVAL');
  if (call.bytes.length > MAX_PING_OCTETS) return refused('EMSGSIZE');
  ping(turn, call);
  return accepted(0);
}

function isTcpCall(call: Exclude<Call, { call: 'ping' }>): call is Extract<Call, { call: `tcp.${string}` }> {
  return call.call.startsWith('tcp.');
}

function deadlineOf(state: HostState): number | null {
  let earliest = tcpDeadline(state);
  for (const { deadline } of state.reassemblies.values()) if (deadline < earliest) earliest = deadline;
  return earliest === Number.POSITIVE_INFINITY ? null : earliest;
}
