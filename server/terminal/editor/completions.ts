/** What Tab found for the text before the cursor. */
export interface Completions {
  /** UTF-16 units before the cursor that a completion replaces. */
  readonly replaces: number;
  readonly candidates: readonly Completion[];
}

/** One way in which a word may go on. */
export interface Completion {
  /** What is inserted. */
  readonly text: string;
  /** Shown beside it in a list; may be empty. */
  readonly note: string;
  /** The word is whole: a space follows. */
  readonly whole: boolean;
}

/** A candidate as a list shows it. */
export function listed({ text, note }: Completion): string {
  return note === '' ? text : `${text}  ${note}`;
}

/** The longest text that all begin with. */
export function commonStart(texts: readonly string[]): string {
  const [first = '', ...others] = texts;
  let length = first.length;
  for (const other of others) {
    while (!other.startsWith(first.slice(0, length))) length -= 1;
  }
  return first.slice(0, length);
}
