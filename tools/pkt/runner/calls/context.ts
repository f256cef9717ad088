/** What a call is handed, and how it reads its arguments. */
import type { SocketAddress } from '../../../../web/lab/stack/stack.ts';
import { type Expression, fieldOf } from '../../language/expression.ts';
import { ScriptProblem } from '../../language/problem.ts';
import type { CallSpec } from '../../language/script.ts';
import type { Descriptor, TcpDescriptor, UdpDescriptor } from '../descriptor.ts';
import type { Attempt } from '../outcome.ts';
import type { Session } from '../session.ts';
import { nameOf, numberOf } from '../values.ts';

/** One socket call: begins it, and answers how it is tried. */
export type CallHandler = (context: CallContext) => Attempt;

/** One call with the session that it is made in. */
export class CallContext {
  readonly session: Session;
  readonly call: CallSpec;

  constructor(session: Session, call: CallSpec) {
    this.session = session;
    this.call = call;
  }

  argument(index: number): Expression {
    const argument = this.call.arguments[index];
    if (argument) return argument;
    return this.refuse(`${this.call.name} has no argument ${index + 1}`);
  }

  /** A number, or `otherwise` where `...` or nothing stands. */
  number(index: number, otherwise: number): number {
    const argument = this.call.arguments[index];
    return (argument ? numberOf(argument) : null) ?? otherwise;
  }

  name(index: number): string | null {
    return nameOf(this.call.arguments[index]);
  }

  get descriptor(): Descriptor | undefined {
    return this.session.descriptors.get(this.number(0, -1));
  }

  /** The socket that the first argument names; `null`: it is none, EBADF. */
  get socket(): TcpDescriptor | UdpDescriptor | null {
    const descriptor = this.descriptor;
    return descriptor === undefined || descriptor.kind === 'epoll' ? null : descriptor;
  }

  /** `{sa_family = …, sin_port = htons(80), sin_addr = inet_addr("…")}`; `null`: `...`. */
  address(index: number): SocketAddress | null {
    const argument = this.call.arguments[index];
    if (argument?.kind !== 'fields') return null;
    if (nameOf(fieldOf(argument.fields, 'sa_family') ?? undefined) === 'AF_INET6')
      return this.refuse('IPv6 is not supported (AF_INET6)');
    const port = fieldOf(argument.fields, 'sin_port');
    const address = fieldOf(argument.fields, 'sin_addr');
    const text = address?.kind === 'call' ? address.arguments[0] : undefined;
    return { port: (port && numberOf(port)) ?? 0, address: text?.kind === 'text' ? text.text : '0.0.0.0' };
  }

  refuse(what: string): never {
    const place = this.call.arguments[0]?.place ?? this.call.result.place;
    throw new ScriptProblem('unsupported', place, what);
  }
}
