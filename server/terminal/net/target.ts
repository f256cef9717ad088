/** From what a learner types to the addresses a command may connect to. */

import type { Program } from '../command.ts';
import { codeOf, ProgramError, sentenceOf } from '../errors.ts';
import { familyOf, isOfThisMachine, plainAddress, withPort } from './address.ts';

/** One address that a command may connect to. Commands connect to the literal, so it cannot change in between. */
export interface Target {
  /** The name as it was typed. */
  readonly host: string;
  readonly address: string;
  readonly family: 4 | 6;
  readonly port: number;
}

const MAX_PORT = 65_535;

/**
 * A port number from a word.
 * @throws ProgramError worded as openbsd-nc words it
 */
export function portOf(word: string): number {
  if (!/^\d+$/.test(word)) throw new ProgramError(`port number invalid: ${word}`);
  const port = Number(word);
  if (port > MAX_PORT) throw new ProgramError(`port number too large: ${word}`);
  if (port < 1) throw new ProgramError(`port number too small: ${word}`);
  return port;
}

/**
 * All addresses of `host`, in the resolver's order, of the family asked for.
 * @throws ProgramError where the name has none; its `cause` keeps the resolver's error
 */
export async function resolve(program: Program, host: string, family: 0 | 4 | 6): Promise<string[]> {
  const addresses = await lookUp(program, host, family);
  const unique = [...new Set(addresses.map(({ address }) => plainAddress(address)))];
  const usable = unique.filter((address) => family === 0 || familyOf(address) === family);
  if (usable.length === 0) throw new ProgramError(`${host}: no IPv${family} address. Try without -${family}.`);
  return usable;
}

async function lookUp(program: Program, host: string, family: 0 | 4 | 6) {
  try {
    return await program.effects.lookup(host, family);
  } catch (error) {
    throw new ProgramError(`${host}: ${sentenceOf(codeOf(error))}. Is the name spelt right?`, 1, error);
  }
}

/**
 * The targets among `addresses` that the host lets a terminal reach.
 * @throws ProgramError that gives the reason and the flag, where there is none
 */
export function permitted(program: Program, host: string, addresses: readonly string[], port: number): Target[] {
  const targets: Target[] = [];
  let refusal = '';
  for (const address of addresses) {
    const reach = program.host.mayReach(address, port);
    const family = familyOf(address);
    if (reach.allowed && family !== 0) targets.push({ host, address, family, port });
    else if (!reach.allowed) refusal = refusalOf(host, address, port, reach.reason);
  }
  if (targets.length === 0) throw new ProgramError(refusal);
  return targets;
}

function refusalOf(host: string, address: string, port: number, reason: string): string {
  const where = host === address ? withPort(address, port) : `${host} (${withPort(address, port)})`;
  const hint = reason.includes('--allow') ? '' : ` To allow it, start Porthole with --allow ${withPort(host, port)}`;
  return `${where} may not be reached from here: ${reason}${hint}`;
}

/** Whether a server of this process answers there, and so journals the conversation at its own end. */
export function isOurs(program: Program, { address, port }: Target): boolean {
  const { host, listeners, effects } = program;
  return (host.ownPorts().has(port) || listeners.has(port)) && isOfThisMachine(address, effects);
}
