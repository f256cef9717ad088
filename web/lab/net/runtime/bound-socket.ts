/** What net.Server and dgram.Socket have in common: a port of this host, until they are closed. */

import type { ProgramEvent } from '../programs/turn.ts';
import type { Addressee, Desk } from './desk.ts';
import { Emitter } from './emitter.ts';

/** It is told what happens to its port until it is closed. */
export abstract class BoundSocket extends Emitter implements Addressee {
  protected readonly desk: Desk;
  /** Its number at the desk. */
  protected readonly socket: number;
  /** 0 until it listens. */
  protected port = 0;

  constructor(desk: Desk) {
    super();
    this.desk = desk;
    this.socket = desk.open(this);
  }

  abstract tell(event: ProgramEvent): void;

  close(callback?: () => void): this {
    if (callback) this.once('close', callback);
    this.desk.post({ call: 'close', socket: this.socket });
    this.desk.later(() => {
      this.desk.close(this.socket);
      this.emit('close');
    });
    return this;
  }

  address(): { address: string; port: number; family: string } {
    return { address: '0.0.0.0', port: this.port, family: 'IPv4' };
  }

  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
}
