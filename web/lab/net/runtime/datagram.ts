/** Node's dgram.Socket on the lab's UDP. https://nodejs.org/api/dgram.html */
import type { ProgramEvent } from '../programs/turn.ts';
import { BoundSocket } from './bound-socket.ts';
import { SystemError } from './desk.ts';
import { Octets, octetsOf, type Writable } from './octets.ts';
import { portOf } from './port-number.ts';

/** What `dgram.createSocket` gives. */
export class Datagram extends BoundSocket {
  #bound = false;

  /** `bind(port?, address?, callback?)` or `bind({ port }, callback?)`. */
  bind(to: unknown = 0, ...rest: unknown[]): this {
    const port = typeof to === 'object' && to !== null && 'port' in to ? to.port : to;
    const callback = [to, ...rest].find((each) => typeof each === 'function');
    if (callback) this.once('listening', callback as () => void);
    this.#bound = true;
    this.desk.post({ call: 'bind', socket: this.socket, port: typeof port === 'function' ? 0 : portOf(port) });
    return this;
  }

  /** `send(message, port, host?, callback?)` or `send(message, offset, length, port, host?, callback?)`. */
  send(message: Writable | readonly Writable[], ...rest: unknown[]): void {
    if (!this.#bound) this.bind(0);
    const whole = Octets.concat((isList(message) ? message : [message]).map((part) => octetsOf(part)));
    const numbers = rest.filter((each) => typeof each === 'number');
    const [offset, length] = numbers.length >= 3 ? (numbers as [number, number]) : [0, whole.length];
    const host = rest.find((each) => typeof each === 'string') ?? null;
    const port = portOf(numbers.at(numbers.length >= 3 ? 2 : 0));
    const bytes = whole.subarray(offset, offset + length);
    this.desk.post({ call: 'send', socket: this.socket, bytes: octetsOf(bytes), port, host: host as string | null });
    const callback = rest.find((each) => typeof each === 'function');
    if (callback) this.desk.later(callback as () => void);
  }

  tell(event: ProgramEvent): void {
    switch (event.event) {
      case 'listening':
        this.port = event.port;
        this.emit('listening');
        return;
      case 'message': {
        const { address, port, bytes } = event;
        this.emit('message', Octets.from(bytes), { address, port, family: 'IPv4', size: bytes.length });
        return;
      }
      case 'error':
        this.emit('error', new SystemError(event.code, event.syscall, ''));
    }
  }
}

function isList(message: Writable | readonly Writable[]): message is readonly Writable[] {
  return Array.isArray(message);
}
