/** Everything that changes as a run goes on, but for its record: what must be copied to come back to a moment. */

import { SeededDice } from '#packets/seeded-dice.ts';
import { createHost, type HostState, snapshot } from '../stack/stack.ts';
import type { SimTime } from '../stack/time.ts';
import { Agenda } from './agenda.ts';
import { Link } from './link.ts';
import type { HostId } from './link-settings.ts';
import { ProgramPort } from './programs/program-port.ts';
import { ProgramSockets } from './programs/program-sockets.ts';
import type { ProgramEvent, Turn } from './programs/turn.ts';
import { RuleBook } from './rule-book.ts';
import type { RunSetup } from './run-setup.ts';

/** Something that is to happen. */
export type Item =
  | { readonly item: 'arrival'; readonly packet: number; readonly copy: number }
  | { readonly item: 'loss'; readonly packet: number }
  | { readonly item: 'turn'; readonly host: HostId; readonly program: number; readonly event: ProgramEvent }
  | { readonly item: 'pull'; readonly host: HostId; readonly program: number; readonly socket: number }
  | { readonly item: 'timer'; readonly host: HostId; readonly program: number; readonly timer: number };

/** The hosts, the wire, the programs' ports and what is to happen. */
export interface Moment {
  now: SimTime;
  /** Things that have happened. */
  tick: number;
  readonly hosts: Record<HostId, HostState>;
  /** When each host wants its timer. */
  readonly deadlines: Record<HostId, SimTime | null>;
  readonly agenda: Agenda<Item>;
  readonly links: Record<HostId, Link>;
  readonly rules: RuleBook;
  readonly ports: Record<HostId, readonly ProgramPort[]>;
  /** Packets with a copy in flight. */
  readonly inFlight: Set<number>;
  /** Octets of the packets in the record. */
  keptBytes: number;
  /** Turns that programs have answered, and actions that were done. */
  turns: number;
  actions: number;
  /** A program is to answer before anything else happens. */
  waiting: Turn | null;
}

/** Space between the seeds of things that throw dice of their own. */
const SEED_STEP = 0x9e3779b1;

/** How a run begins: each program is about to be started. */
export function firstMoment(setup: RunSetup): Moment {
  const { seed, wire } = setup;
  const ports = (host: HostId): ProgramPort[] =>
    setup.programs[host].map((_, program) => new ProgramPort(new ProgramSockets(program)));
  const moment: Moment = {
    now: 0,
    tick: 0,
    hosts: { a: hostOf(setup, 'a', 1), b: hostOf(setup, 'b', 2) },
    deadlines: { a: null, b: null },
    agenda: new Agenda(),
    links: {
      a: new Link(wire.a, new SeededDice(seed ^ Math.imul(3, SEED_STEP))),
      b: new Link(wire.b, new SeededDice(seed ^ Math.imul(4, SEED_STEP))),
    },
    rules: new RuleBook(setup.rules),
    ports: { a: ports('a'), b: ports('b') },
    inFlight: new Set(),
    keptBytes: 0,
    turns: 0,
    actions: 0,
    waiting: null,
  };
  for (const host of ['b', 'a'] as const)
    for (const program of moment.ports[host].keys())
      moment.agenda.add(0, { item: 'turn', host, program, event: { event: 'start' } });
  return moment;
}

/** A moment of its own: what happens to one does not happen to the other. */
export function copyMoment(moment: Moment): Moment {
  return {
    ...moment,
    hosts: { a: snapshot(moment.hosts.a), b: snapshot(moment.hosts.b) },
    deadlines: { ...moment.deadlines },
    agenda: moment.agenda.clone(),
    links: { a: moment.links.a.clone(), b: moment.links.b.clone() },
    rules: moment.rules.clone(),
    ports: { a: moment.ports.a.map((port) => port.clone()), b: moment.ports.b.map((port) => port.clone()) },
    inFlight: new Set(moment.inFlight),
  };
}

/** IANA's recommendation. */
const TIME_TO_LIVE = 64;

function hostOf({ seed, hosts, wire }: RunSetup, host: HostId, nth: number): HostState {
  const { address, tcp } = hosts[host];
  const secret = (seed ^ Math.imul(nth, SEED_STEP)) >>> 0;
  return createHost({ address, mtu: wire[host].mtu, ttl: TIME_TO_LIVE, secret, tcp });
}
