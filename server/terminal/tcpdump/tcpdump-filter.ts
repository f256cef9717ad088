/** The part of pcap-filter(7) that the terminal's tcpdump understands: `tcp`, `udp`, `icmp`, `port N`, `host ADDRESS`, `and`. */
import { parseAddress } from '#packets/address.ts';
import type { Packet } from '#packets/packet.ts';
import { ProgramError } from '../errors.ts';

/** What was asked for. */
export interface TcpdumpFilter {
  /** Ports that it names: they are captured even where they are not Porthole's. */
  readonly ports: readonly number[];
  matches(packet: Packet): boolean;
}

type Test = (packet: Packet) => boolean;

const USAGE = "only tcp, udp, icmp, port N and host ADDRESS are understood, joined by 'and'";

/** Reads the words behind the options. Throws a ProgramError that says what is understood. */
export function readFilter(words: readonly string[]): TcpdumpFilter {
  const tests: Test[] = [];
  const ports: number[] = [];
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === 'port') {
      const port = readPort(rest.shift());
      ports.push(port);
      tests.push(({ transport, quoted }) => hasPort(transport, port) || hasPort(quoted?.transport ?? null, port));
    } else if (word === 'host') tests.push(hostTest(rest.shift()));
    else tests.push(protocolTest(word));
    const joint = rest.shift();
    if (joint !== undefined && joint !== 'and' && joint !== '&&') throw new ProgramError(`'${joint}': ${USAGE}`);
    if (joint !== undefined && rest.length === 0) throw new ProgramError(`nothing follows '${joint}': ${USAGE}`);
  }
  return { ports, matches: (packet) => tests.every((test) => test(packet)) };
}

function protocolTest(word: string): Test {
  if (word === 'tcp' || word === 'udp') return ({ transport }) => transport?.layer === word;
  if (word === 'icmp') return ({ transport }) => transport?.layer === 'icmp';
  if (word === 'icmp6') return ({ transport }) => transport?.layer === 'icmpv6';
  throw new ProgramError(`'${word}': ${USAGE}`);
}

function hostTest(word: string | undefined): Test {
  if (word === undefined || parseAddress(word) === null) throw new ProgramError(`host takes an IP address: ${USAGE}`);
  return ({ ip }) => ip?.source === word || ip?.destination === word;
}

function readPort(word: string | undefined): number {
  const port = word !== undefined && /^\d{1,5}$/.test(word) ? Number(word) : 0;
  if (port < 1 || port > 65_535) throw new ProgramError(`port takes a number from 1 to 65535: ${USAGE}`);
  return port;
}

function hasPort(transport: Packet['transport'], port: number): boolean {
  if (transport?.layer !== 'tcp' && transport?.layer !== 'udp') return false;
  return transport.sourcePort === port || transport.destinationPort === port;
}
