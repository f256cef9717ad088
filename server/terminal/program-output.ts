import { MAX_PIPE_BYTES } from './limits.ts';
import { type Style, styled } from './style.ts';
import { createVisibleText, visible } from './visible.ts';

/** Octets of one stream from outside, on their way to a program's output. */
export interface OctetsOutput {
  write(octets: Uint8Array): void;
  /** The stream has ended: shows what an incomplete character held back. */
  end(): void;
}

/** Where a program writes. Whatever is written, no control of it reaches the terminal. */
export interface ProgramOutput {
  /** Text of the program's own; control characters in it are made visible. */
  print(text: string, style?: Style): void;
  /** Like `print`, with a line end. */
  line(text: string, style?: Style): void;
  /** A stream of octets, e.g. from a socket: shown as visible text, or handed on as it is through a pipe. */
  octets(style?: Style): OctetsOutput;
  /** Clears the screen and what was scrolled off it. Does nothing in a pipe. */
  clear(): void;
}

/** Tells a program to stop reading while the browser is behind. */
export interface FlowControl {
  readonly congested: boolean;
  /** Calls `resume` once, when output may flow again. Returns what forgets it. */
  whenDrained(resume: () => void): () => void;
}

/** What the screen of a terminal takes: text that is safe to write. */
export interface Screen {
  write(text: string): void;
  clear(): void;
}

/** Output to the screen. */
export function screenOutput(screen: Screen): ProgramOutput {
  const print = (text: string, style?: Style) => screen.write(paint(visible(text), style));
  return {
    print,
    line: (text, style) => print(`${text}\n`, style),
    octets(style) {
      const decoder = createVisibleText();
      return {
        write: (octets) => screen.write(paint(decoder.push(octets), style)),
        end: () => screen.write(paint(decoder.end(), style)),
      };
    },
    clear: () => screen.clear(),
  };
}

function paint(text: string, style: Style | undefined): string {
  return style === undefined ? text : styled(style, text);
}

/** A pipe between two commands: what the first wrote, for the second to read. */
export interface Pipe {
  readonly output: ProgramOutput;
  /** All octets written. */
  octets(): Uint8Array;
  /** Octets that were dropped because of MAX_PIPE_BYTES. */
  readonly droppedBytes: number;
}

/** An empty pipe. */
export function createPipe(): Pipe {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  let droppedBytes = 0;
  const write = (octets: Uint8Array) => {
    const kept = octets.slice(0, MAX_PIPE_BYTES - bytes);
    bytes += kept.length;
    droppedBytes += octets.length - kept.length;
    pieces.push(kept);
  };
  const print = (text: string) => write(Buffer.from(text, 'utf8'));
  return {
    output: {
      print,
      line: (text) => print(`${text}\n`),
      octets: () => ({ write, end: () => undefined }),
      clear: () => undefined,
    },
    octets: () => Buffer.concat(pieces),
    get droppedBytes() {
      return droppedBytes;
    },
  };
}
