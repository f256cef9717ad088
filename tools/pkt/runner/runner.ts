/** Runs the events of a script, one after the other, on the virtual clock. */

import { TCP_FLAGS } from '#packets/tcp.ts';
import type { PacketSpec } from '../language/packet.ts';
import { packetText } from '../language/print.ts';
import { type Place, ScriptProblem } from '../language/problem.ts';
import type { CallSpec, Script, ScriptEvent } from '../language/script.ts';
import { type Names, runPython } from '../python/evaluate.ts';
import { PythonProblem } from '../python/tokens.ts';
import { beginCall } from './calls/calls.ts';
import { Commands } from './commands.ts';
import { CONSTANTS } from './constants.ts';
import { describeSent, mismatchOf } from './expectation.ts';
import { ScriptFailure, secondsText } from './failure.ts';
import type { Flow } from './flow.ts';
import { incomingPacket } from './incoming.ts';
import { type Moment, momentOf, tolerance } from './moments.ts';
import type { Attempt, Outcome } from './outcome.ts';
import { resultMismatch } from './result.ts';
import type { SentPacket } from './sent.ts';
import { Session } from './session.ts';
import type { Settings } from './settings.ts';
import { tcpInfo } from './tcp-info.ts';
import { refuseUnsupported } from './unsupported.ts';

/** A call that blocks. */
interface Blocked {
  readonly event: ScriptEvent;
  readonly call: CallSpec;
  readonly attempt: Attempt;
  readonly endUs: number;
  readonly toleranceUs: number;
}

/** Runs one script once. */
export class Runner {
  readonly commands: Commands;
  /** Events that were run to their end. */
  done = 0;
  readonly #strict: boolean;
  readonly #script: Script;
  readonly #session: Session;
  readonly #settings: Settings;
  readonly #names: Names = new Map();
  #blocked: Blocked | null = null;
  /** When the event before was, on the clock. */
  #previousUs = 0;
  /** Packets nobody has expected that were there after the last event that was a packet. */
  #unexpected = 0;

  /** `strict`: packets that are left when the script ends are a failure, not only ones that come in another's place. */
  constructor(script: Script, settings: Settings, strict: boolean) {
    this.#strict = strict;
    this.#script = script;
    this.#settings = settings;
    this.#session = new Session(settings);
    this.commands = new Commands(settings);
  }

  /** Runs all events. Throws a ScriptFailure, or a ScriptProblem for what is not supported. */
  run(): void {
    for (const event of this.#script.events) {
      this.#runEvent(event);
      this.done += 1;
    }
    this.#finish();
  }

  /** Packets of the host that the script has not looked at. */
  get unseen(): number {
    return this.#session.machine.sent.length;
  }

  #runEvent(event: ScriptEvent): void {
    const { machine } = this.#session;
    const moment = momentOf(event.time, this.#previousUs, machine.nowUs, this.#settings);
    if (event.action === 'packet' && event.packet.direction === 'out') {
      this.#previousUs = this.#expect(event.place, event.packet, moment, event.time.kind);
      return;
    }
    if (event.action === 'call') this.#awaitBlocked();
    this.#runTo(moment.fromUs);
    if (event.action === 'packet') this.#receive(event.packet);
    else if (event.action === 'call') this.#call(event, event.call, moment);
    else if (event.action === 'code') this.#code(event.place, event.code);
    else this.commands.run(event.command);
    this.#previousUs = moment.fromUs;
  }

  #runTo(us: number, watch: () => boolean = () => false): void {
    this.#session.machine.runTo(us, () => {
      this.#tryBlocked();
      return watch();
    });
    // A call may wait for the time itself to pass.
    this.#tryBlocked();
  }

  #receive(packet: PacketSpec): void {
    const { flows, machine } = this.#session;
    const isAlive = (ends: { localPort: number; remotePort: number }) =>
      machine
        .views()
        .some(
          ({ local, peer, state }) =>
            local.port === ends.localPort && peer?.port === ends.remotePort && state !== 'CLOSED',
        );
    const flow = flows.ofIncoming(packet, isAlive);
    machine.receive(this.#bytesOf(packet, flow));
    if (packet.protocol === 'tcp' && (packet.flags & TCP_FLAGS.syn) !== 0) this.#learnPeer(flow);
    this.#tryBlocked();
    this.#unexpected = machine.sent.length;
  }

  #bytesOf(packet: PacketSpec, flow: Flow): Uint8Array {
    try {
      return incomingPacket(packet, flow, this.#settings);
    } catch (error) {
      if (error instanceof RangeError) throw new ScriptProblem('syntax', packet.place, error.message);
      throw error;
    }
  }

  /** A SYN that the host has taken is what the peer's numbers count from. */
  #learnPeer(flow: Flow): void {
    const view = this.#session.machine
      .views()
      .find(({ local, peer }) => local.port === flow.ends.localPort && peer?.port === flow.ends.remotePort);
    if (view && view.state !== 'SYN-SENT' && view.state !== 'CLOSED') flow.remoteIsn = view.irs;
  }

  /** Answers when the packet was sent, or is due. */
  #expect(place: Place, expected: PacketSpec, moment: Moment, kind: ScriptEvent['time']['kind']): number {
    refuseUnsupported(expected);
    const latest = moment.toUs + moment.toleranceUs;
    const first = this.#nextSent(latest);
    if (first === null) throw new ScriptFailure(place, this.#missing(expected, latest));
    const more = {
      next: () => this.#nextSent(latest),
      putBack: (packet: SentPacket) => void this.#session.machine.sent.unshift(packet),
    };
    const mismatch = mismatchOf(this.#session, expected, first, more);
    if (mismatch) throw new ScriptFailure(place, mismatch);
    this.#checkTime(place, expected, first, moment);
    this.#unexpected = this.#session.machine.sent.length;
    return kind === 'absolute' || kind === 'relative' ? moment.fromUs : first.atUs;
  }

  #nextSent(latestUs: number): SentPacket | null {
    const { sent } = this.#session.machine;
    if (sent.length === 0) this.#runTo(latestUs, () => sent.length > 0);
    return sent.shift() ?? null;
  }

  #missing(expected: PacketSpec, latestUs: number) {
    const reason = `the host sent nothing until ${secondsText(latestUs)}`;
    return { reason, expected: packetText(expected), sent: 'nothing' };
  }

  #checkTime(place: Place, expected: PacketSpec, sent: SentPacket, { fromUs, toUs, toleranceUs }: Moment): void {
    if (sent.atUs >= fromUs - toleranceUs && sent.atUs <= toUs + toleranceUs) return;
    const due = fromUs === toUs ? secondsText(fromUs) : `${secondsText(fromUs)} to ${secondsText(toUs)}`;
    const reason = `time: expected at ${due} (± ${secondsText(toleranceUs)}), sent at ${secondsText(sent.atUs)}`;
    throw new ScriptFailure(place, { reason, expected: packetText(expected), sent: describeSent(this.#session, sent) });
  }

  #call(event: ScriptEvent, call: CallSpec, moment: Moment): void {
    const attempt = beginCall(this.#session, call);
    const base = event.time.kind === 'relative' ? this.#previousUs : 0;
    if (call.endUs === null) {
      const outcome = attempt();
      if (outcome === null) throw this.#blocks(event);
      this.#check(event, call, outcome);
    } else {
      const endUs = base + call.endUs;
      const toleranceUs = tolerance(endUs - moment.fromUs, this.#settings);
      this.#blocked = { event, call, attempt, endUs, toleranceUs };
    }
    this.#tryBlocked();
  }

  #blocks({ place, text }: ScriptEvent): ScriptFailure {
    const reason = 'the call blocks: nothing has come that would let it return';
    return new ScriptFailure(place, { reason, expected: text, sent: null });
  }

  #check({ place, text }: ScriptEvent, call: CallSpec, outcome: Outcome): void {
    const mismatch = resultMismatch(call, outcome);
    if (mismatch) throw new ScriptFailure(place, { reason: mismatch.reason, expected: text, sent: mismatch.got });
  }

  #tryBlocked(): void {
    const blocked = this.#blocked;
    const outcome = blocked?.attempt() ?? null;
    if (blocked === null || outcome === null) return;
    this.#blocked = null;
    this.#check(blocked.event, blocked.call, outcome);
    const { nowUs } = this.#session.machine;
    if (Math.abs(nowUs - blocked.endUs) <= blocked.toleranceUs) return;
    const reason = `time: expected to return at ${secondsText(blocked.endUs)}, returned at ${secondsText(nowUs)}`;
    throw new ScriptFailure(blocked.event.place, { reason, expected: blocked.event.text, sent: null });
  }

  /** The next call is made when the one before has returned. */
  #awaitBlocked(): void {
    const blocked = this.#blocked;
    if (blocked === null) return;
    this.#runTo(blocked.endUs + blocked.toleranceUs, () => this.#blocked === null);
    if (this.#blocked !== null) throw this.#blocks(blocked.event);
  }

  #code(place: Place, text: string): void {
    try {
      const failed = runPython(text, this.#names, (name) => this.#lookUp(place, name));
      if (!failed) return;
      const message = failed.message === '' ? '' : ` (${failed.message})`;
      throw new ScriptFailure(place, { reason: `assertion failed${message}`, expected: failed.assertion, sent: null });
    } catch (error) {
      if (error instanceof PythonProblem) throw new ScriptProblem('unsupported', place, `Python: ${error.message}`);
      throw error;
    }
  }

  /** `tcpi_…` is of the connection that the script is about: the last one of its sockets. */
  #lookUp(place: Place, name: string): number {
    const constant = CONSTANTS[name];
    if (constant !== undefined) return constant;
    if (!name.startsWith('tcpi_'))
      throw new ScriptProblem('unsupported', place, `Python: the name ${name} is not known`);
    const connected = [...this.#session.descriptors.tcp()].filter(
      ({ id, stage }) => id !== null && stage !== 'listening',
    );
    const last = connected.at(-1);
    const view = last && this.#session.viewOf(last);
    // Of a connection that is over only its state is left.
    if (last && !view && name === 'tcpi_state') return CONSTANTS.TCP_CLOSE ?? 0;
    if (!view)
      throw new ScriptFailure(place, {
        reason: `there is no connection to ask for ${name}`,
        expected: null,
        sent: null,
      });
    const value = tcpInfo(view)[name];
    if (value === undefined) throw new ScriptProblem('unsupported', place, `Python: ${name} is not supported`);
    return value;
  }

  /** The last call must have returned; and when `strict`, the last packet must have been the last. */
  #finish(): void {
    this.#awaitBlocked();
    const last = this.#script.events.at(-1);
    const extra = this.#session.machine.sent[0];
    if (!this.#strict || this.#unexpected === 0 || extra === undefined || last === undefined) return;
    const reason = `the host sent a packet that the script does not expect, at ${secondsText(extra.atUs)}`;
    throw new ScriptFailure(last.place, { reason, expected: 'nothing', sent: describeSent(this.#session, extra) });
  }
}
