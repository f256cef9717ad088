/** What can be wrong with an HTTP/1.1 message, and how bad that is. */

/**
 * - `fatal`: where the message ends cannot be told for certain, so nothing after it may be read as another message;
 * - `error`: a server has to answer 4xx, or may; this one does;
 * - `note`: allowed, and worth knowing.
 */
export type HttpSeverity = 'fatal' | 'error' | 'note';

/** Each problem: how bad, and the section that says so. */
export const HTTP_PROBLEMS = {
  'tls-hello': ['fatal', 'RFC 8446 §5.1'],
  'blank-line': ['note', 'RFC 9112 §2.2'],
  'bare-lf': ['error', 'RFC 9112 §2.2'],
  'bare-cr': ['error', 'RFC 9112 §2.2'],
  'start-parts': ['fatal', 'RFC 9112 §3'],
  'method-name': ['fatal', 'RFC 9110 §9.1'],
  'method-case': ['error', 'RFC 9110 §9.1'],
  'target-form': ['error', 'RFC 9112 §3.2'],
  'version-missing': ['fatal', 'RFC 9112 §2.3'],
  'version-form': ['fatal', 'RFC 9112 §2.3'],
  'version-other': ['fatal', 'RFC 9110 §15.6.6'],
  'status-form': ['fatal', 'RFC 9112 §4'],
  'field-colon': ['error', 'RFC 9112 §5'],
  'field-name': ['error', 'RFC 9110 §5.1'],
  'field-space': ['error', 'RFC 9112 §5.1'],
  'field-fold': ['error', 'RFC 9112 §5.2'],
  'field-value': ['error', 'RFC 9110 §5.5'],
  'host-missing': ['error', 'RFC 9112 §3.2'],
  'host-twice': ['error', 'RFC 9112 §3.2'],
  'host-form': ['error', 'RFC 9112 §3.2'],
  'length-form': ['fatal', 'RFC 9112 §6.3'],
  'length-differs': ['fatal', 'RFC 9112 §6.3'],
  'length-repeated': ['note', 'RFC 9112 §6.3'],
  'length-and-encoding': ['fatal', 'RFC 9112 §6.1'],
  'encoding-form': ['fatal', 'RFC 9112 §6.3'],
  'encoding-version': ['fatal', 'RFC 9112 §6.1'],
  'chunk-size': ['fatal', 'RFC 9112 §7.1'],
  'chunk-end': ['fatal', 'RFC 9112 §7.1'],
  'after-length': ['note', 'RFC 9112 §6.3'],
  'head-ended': ['error', 'RFC 9112 §8'],
  'body-ended': ['error', 'RFC 9112 §8'],
  'chunks-ended': ['error', 'RFC 9112 §8'],
  'line-too-long': ['fatal', 'RFC 9112 §3'],
  'too-many-fields': ['fatal', 'RFC 6585 §5'],
  pipelined: ['note', 'RFC 9112 §9.3.2'],
  'not-recorded': ['fatal', ''],
} as const satisfies Readonly<Record<string, readonly [HttpSeverity, string]>>;

/** A stable name for each. */
export type HttpProblemCode = keyof typeof HTTP_PROBLEMS;

/** One thing found in a message. */
export interface HttpProblem {
  readonly code: HttpProblemCode;
  /** Position in the stream of its direction. */
  readonly at: number;
  /** What the sentence about it names: a field, a number. */
  readonly values: Readonly<Record<string, string | number>>;
}

/** How bad it is. */
export function severityOf(code: HttpProblemCode): HttpSeverity {
  return HTTP_PROBLEMS[code][0];
}

/** The section that it follows from; empty where there is none. */
export function sectionOf(code: HttpProblemCode): string {
  return HTTP_PROBLEMS[code][1];
}
