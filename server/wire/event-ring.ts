import {
  type Direction,
  type Evidence,
  evidenceSchema,
  type WireEventKind,
  wireEventKindSchema,
} from '#protocol/wire.ts';

/** An event as the ring keeps it: metadata, and where its octets are. */
export interface EventRecord {
  readonly conversation: number;
  readonly kind: WireEventKind;
  readonly timeUs: number;
  readonly wallMs: number;
  readonly evidence: Evidence;
  readonly direction: Direction | null;
  readonly length: number;
  readonly recorded: number;
  /** Position in the payload ring; 0 with `recorded` 0. */
  readonly position: number;
  readonly count: number;
  readonly code: string | null;
}

const KINDS = wireEventKindSchema.options;
const KIND_NUMBER = new Map(KINDS.map((kind, number) => [kind, number]));
const DIRECTIONS: readonly (Direction | null)[] = [null, 'to-server', 'to-client'];
const EVIDENCES = evidenceSchema.options;

/** The newest events, in preallocated columns: appending allocates nothing. */
export class EventRing {
  readonly capacity: number;
  /** `seq` of the newest event; 0 when there is none. */
  head = 0;
  readonly #conversation: Float64Array;
  readonly #kind: Uint8Array;
  readonly #timeUs: Float64Array;
  readonly #wallMs: Float64Array;
  readonly #evidence: Uint8Array;
  readonly #direction: Uint8Array;
  readonly #length: Float64Array;
  readonly #recorded: Uint32Array;
  readonly #position: Float64Array;
  readonly #count: Float64Array;
  readonly #code: (string | null)[];

  /** @param capacity events kept at the most. */
  constructor(capacity: number) {
    this.capacity = capacity;
    this.#conversation = new Float64Array(capacity);
    this.#kind = new Uint8Array(capacity);
    this.#timeUs = new Float64Array(capacity);
    this.#wallMs = new Float64Array(capacity);
    this.#evidence = new Uint8Array(capacity);
    this.#direction = new Uint8Array(capacity);
    this.#length = new Float64Array(capacity);
    this.#recorded = new Uint32Array(capacity);
    this.#position = new Float64Array(capacity);
    this.#count = new Float64Array(capacity);
    this.#code = new Array<string | null>(capacity).fill(null);
  }

  /** `seq` of the oldest event still held; `head + 1` when there is none. */
  get oldest(): number {
    return Math.max(1, this.head - this.capacity + 1);
  }

  /** Conversation whose event the next append will overwrite, or 0. */
  get nextOverwritten(): number {
    return this.head < this.capacity ? 0 : (this.#conversation[this.head % this.capacity] ?? 0);
  }

  /** Appends and returns the event's `seq`. Overwrites the oldest when full. */
  append(event: EventRecord): number {
    const at = this.head % this.capacity;
    this.#conversation[at] = event.conversation;
    this.#kind[at] = KIND_NUMBER.get(event.kind) ?? 0;
    this.#timeUs[at] = event.timeUs;
    this.#wallMs[at] = event.wallMs;
    this.#evidence[at] = EVIDENCES.indexOf(event.evidence);
    this.#direction[at] = DIRECTIONS.indexOf(event.direction);
    this.#length[at] = event.length;
    this.#recorded[at] = event.recorded;
    this.#position[at] = event.position;
    this.#count[at] = event.count;
    this.#code[at] = event.code;
    this.head += 1;
    return this.head;
  }

  /** Lets go of all events; numbers begin anew. */
  clear(): void {
    this.head = 0;
    this.#code.fill(null);
  }

  /** The event, or `null` when it has been overwritten or never was. */
  read(seq: number): EventRecord | null {
    if (!Number.isInteger(seq) || seq < this.oldest || seq > this.head) return null;
    const at = (seq - 1) % this.capacity;
    return {
      conversation: this.#conversation[at] ?? 0,
      kind: KINDS[this.#kind[at] ?? 0] ?? 'opened',
      timeUs: this.#timeUs[at] ?? 0,
      wallMs: this.#wallMs[at] ?? 0,
      evidence: EVIDENCES[this.#evidence[at] ?? 0] ?? 'observed',
      direction: DIRECTIONS[this.#direction[at] ?? 0] ?? null,
      length: this.#length[at] ?? 0,
      recorded: this.#recorded[at] ?? 0,
      position: this.#position[at] ?? 0,
      count: this.#count[at] ?? 0,
      code: this.#code[at] ?? null,
    };
  }
}
