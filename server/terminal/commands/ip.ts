import type { Command } from '../command.ts';
import type { InterfaceAddress, Interfaces } from '../effects.ts';
import { ProgramError } from '../errors.ts';
import { familyOf } from '../net/address.ts';

const USAGE = `Usage: ip [-4] [-6] [-br] address [show] [[dev] NAME]
Shows the addresses of this machine's interfaces. address may be written a, addr.`;

const NOT_GIVEN = `[Not given by the system call that Porthole uses, and so not shown: interface numbers,
 flags and state, MTU, scopes, broadcast addresses, lifetimes, and interfaces without an address.]`;

interface IpRequest {
  readonly families: readonly number[];
  readonly brief: boolean;
  readonly device: string | null;
}

/** `word` is `name` or its beginning, as iproute2 lets one write it. */
function isShort(word: string | undefined, name: string): boolean {
  return word !== undefined && word !== '' && name.startsWith(word);
}

function read(args: readonly string[]): IpRequest {
  const options = args.filter((word) => word.startsWith('-'));
  const [object, ...rest] = args.filter((word) => !word.startsWith('-'));
  const unknown = options.find((word) => !['-4', '-6', '-br', '-brief'].includes(word));
  if (unknown !== undefined) throw new ProgramError(`option "${unknown}" is unknown here.\n${USAGE}`, 255);
  if (object === undefined) throw new ProgramError(`say what of.\n${USAGE}`, 255);
  if (!isShort(object, 'address')) {
    throw new ProgramError(`Object "${object}" is unknown here: this shell's ip knows "ip address" only.`, 1);
  }
  const words = ['show', 'list', 'ls'].some((verb) => isShort(rest[0], verb)) ? rest.slice(1) : rest;
  const device = words[0] === 'dev' ? words[1] : words[0];
  return {
    families: options.includes('-4') === options.includes('-6') ? [4, 6] : [options.includes('-4') ? 4 : 6],
    brief: options.includes('-br') || options.includes('-brief'),
    device: device ?? null,
  };
}

function cidr({ cidr: given, address }: InterfaceAddress): string {
  return given ?? address;
}

function full(name: string, addresses: readonly InterfaceAddress[]): string {
  const [{ mac = '', internal = false } = {}] = addresses;
  const lines = addresses.map((one) => `    ${familyOf(one.address) === 6 ? 'inet6' : 'inet'} ${cidr(one)}`);
  return [`${name}:`, `    link/${internal ? 'loopback' : 'ether'} ${mac}`, ...lines].join('\n');
}

function shown(interfaces: Interfaces, { families, device, brief }: IpRequest): string[] {
  const lines: string[] = [];
  for (const [name, all] of Object.entries(interfaces)) {
    const addresses = (all ?? []).filter(({ address }) => families.includes(familyOf(address)));
    if (addresses.length === 0 || (device !== null && device !== name)) continue;
    lines.push(brief ? `${name.padEnd(16)} ${addresses.map(cidr).join(' ')}` : full(name, addresses));
  }
  return lines;
}

/** `ip address`, from the addresses that Node gives. */
export const ip: Command = {
  name: 'ip',
  summary: "show this machine's addresses (ip addr)",
  usage: USAGE,
  manual: `NAME
    ip - show the addresses of this machine's interfaces

SYNOPSIS
    ip [-4] [-6] [-br] address [show] [[dev] name]

DESCRIPTION
    Shows each interface that has an address, its hardware address, and its
    IPv4 (inet) and IPv6 (inet6) addresses with the length of their prefix.
    An address belongs to an interface, not to a machine: lo (lo0 on macOS) is
    the loopback interface, which leads back to this machine.

    -4, -6    only that family
    -br       one line an interface

EXIT STATUS
    0; 1 when there is no such interface or object; 255 for a wrong word.

WHAT DIFFERS FROM THE REAL ONE (iproute2)
    It shows and never changes, and knows "address" only. It asks Node, not
    the kernel: interface numbers, flags, state, MTU, scopes, broadcast
    addresses and lifetimes are not known to it and not shown. It works the
    same on macOS and Windows.`,
  complete: (words) => (words.length === 0 ? [{ text: 'addr', note: 'addresses of the interfaces', whole: true }] : []),
  run({ args, effects, output, errors }) {
    const request = read(args);
    const lines = shown(effects.interfaces(), request);
    if (lines.length === 0 && request.device !== null) {
      errors.line(`Device "${request.device}" does not exist, or has no such address.`);
      return 1;
    }
    output.line(lines.join('\n'));
    output.line(NOT_GIVEN, 'dim');
    return 0;
  },
};
