/** Where a program's objects hand in their calls, and where events find them. */
import type { ProgramCall, ProgramEvent } from '../programs/turn.ts';

/** An object that is told what happens to its socket. */
export interface Addressee {
  tell(event: ProgramEvent): void;
}

/** The one place where a program and its run meet. Times in milliseconds. */
export interface Desk {
  post(call: ProgramCall): void;
  /** A number for a new socket, under which `addressee` is told what happens to it. */
  open(addressee: Addressee): number;
  /** The same for a socket that the host has numbered. */
  adopt(socket: number, addressee: Addressee): void;
  close(socket: number): void;
  /** Runs `work` after the program's present work, as `process.nextTick` does. */
  later(work: () => void): void;
  setTimer(afterMs: number, work: () => void): number;
  clearTimer(timer: number): void;
}

/** An error as Node's sockets give it. */
export class SystemError extends Error {
  readonly code: string;
  readonly syscall: string;

  constructor(code: string, syscall: string, where: string) {
    super(`${syscall} ${code}${where}`);
    this.code = code;
    this.syscall = syscall;
  }
}
