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
export const MAX_UNEXPECTED_PACKETS = 100_000;
/** Timers that may fire at one moment. */
const MAX_TIMERS_AT_ONCE = 10_000;

/** Told of each thing that a host says, before anything else happens. */
export type NoticeListener = (notice: Notice) => void;

export class Machine {
  /** Microseconds since the script began. */
  nowUs = 0;
  /** What was sent and not yet compared, oldest first. */
  readonly sent: SentPacket[] = [];
  #state: HostState;
  #deadlineUs: number | null = null;
  readonly #tell: NoticeListener;
  readonly #fragments = new FragmentJoiner();

  constructor(options: HostOptions, tell: NoticeListener) {
    this.#state = createHost(options);
    this.#tell = tell;
  }

  /** When the host does something next by itself; `null`: never. */
  get deadlineUs(): number | null {
    return this.#deadlineUs;
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
    while (this.#deadlineUs !== null && this.#deadlineUs <= us) {
      const at = Math.max(this.nowUs, this.#deadlineUs);
      fired = at === this.nowUs ? fired + 1 : 0;
      if (fired > MAX_TIMERS_AT_ONCE) throw new RangeError('the host sets a timer for now again and again');
      this.nowUs = at;
      this.#step({ event: 'timer' });
      if (watch()) return;
    }
    this.nowUs = Math.max(this.nowUs, us);
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
