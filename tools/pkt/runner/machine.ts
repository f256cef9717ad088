/** A host of our stack on a virtual clock, alone on its wire: the script is all that is at the other end. */
import {
  type Answer,
  type Call,
  createHost,
  type HostEvent,
  type HostOptions,
  type HostState,
  type Notice,
  step,
  type TcpView,
  viewOf,
} from '../../../web/lab/stack/stack.ts';
import { FragmentJoiner } from './fragments.ts';
import { readSent, type SentPacket } from './sent.ts';

/** Packets that a host may send without one being expected; more are a run-away. */
const MAX_UNEXPECTED_PACKETS = 100_000;
/** Timers that may fire at one moment. */
const MAX_TIMERS_AT_ONCE = 10_000;

/** Told of each thing that a host says, before anything else happens. */
export type NoticeListener = (notice: Notice) => void;

/** Time passes only when it is told to. */
export class Machine {
  /** Microseconds since the script began. */
  nowUs = 0;
  /** What was sent and not yet compared, oldest first. */
  readonly sent: SentPacket[] = [];
  #state: HostState;
  #deadlineUs: number | null = null;
  readonly #tell: NoticeListener;
  #alarms: { readonly atUs: number; readonly ring: () => void }[] = [];
  readonly #fragments = new FragmentJoiner();

  constructor(options: HostOptions, tell: NoticeListener) {
    this.#state = createHost(options);
    this.#tell = tell;
  }

  /** Does something at a time to come, once; what its program would do, not the host itself. */
  alarm(atUs: number, ring: () => void): void {
    this.#alarms.push({ atUs, ring });
    this.#alarms.sort((left, right) => left.atUs - right.atUs);
  }

  views(): readonly TcpView[] {
    return viewOf(this.#state);
  }

  call(call: Call): Answer {
    const answer = this.#step({ event: 'call', call });
    if (answer === null) throw new TypeError('a call has an answer');
    return answer;
  }

  receive(bytes: Uint8Array): void {
    this.#step({ event: 'packet', bytes });
  }

  /** Lets the clock run to `us`; `watch` is asked after each timer and stops it by answering `true`. */
  runTo(us: number, watch: () => boolean = () => false): void {
    let fired = 0;
    for (let next = this.#next(); next !== null && next <= us; next = this.#next()) {
      const at = Math.max(this.nowUs, next);
      fired = at === this.nowUs ? fired + 1 : 0;
      if (fired > MAX_TIMERS_AT_ONCE) throw new RangeError('the host sets a timer for now again and again');
      this.nowUs = at;
      if ((this.#alarms[0]?.atUs ?? Number.POSITIVE_INFINITY) <= at) this.#alarms.shift()?.ring();
      else this.#step({ event: 'timer' });
      if (watch()) return;
    }
    this.nowUs = Math.max(this.nowUs, us);
  }

  /** When something happens next by itself; `null`: never. */
  #next(): number | null {
    const alarm = this.#alarms[0]?.atUs ?? Number.POSITIVE_INFINITY;
    const next = Math.min(alarm, this.#deadlineUs ?? Number.POSITIVE_INFINITY);
    return next === Number.POSITIVE_INFINITY ? null : next;
  }

  #step(event: HostEvent): Answer | null {
    const { state, packets, notices, answer, deadline } = step(this.#state, this.nowUs, event);
    this.#state = state;
    this.#deadlineUs = deadline;
    for (const packet of packets) {
      const whole = this.#fragments.add(packet);
      if (whole) this.sent.push(readSent(this.nowUs, whole));
    }
    if (this.sent.length > MAX_UNEXPECTED_PACKETS)
      throw new RangeError(`the host has sent more than ${MAX_UNEXPECTED_PACKETS} packets that nobody expects`);
    for (const notice of notices) this.#tell(notice);
    return answer;
  }
}
