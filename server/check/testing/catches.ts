import type { RemoteInfo, Socket as UdpSocket } from 'node:dgram';
import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { Challenge } from '../challenge.ts';
import { checkedClient, checkedDatagrams, checkedServer, type Verdict } from './checked.ts';

/** A program that must be caught: what it does wrong, the stage that must fail and the code it must fail with. */
export type Wrong<Program> = readonly [what: string, stage: string, code: string, program: Program];

/** Serves one connection; the second function stops the server from listening. */
export type Serve = (socket: Socket, stopListening: () => void) => void;
/** Answers one datagram. */
export type Answer = (socket: UdpSocket, bytes: Buffer, from: RemoteInfo) => void;
/** Connects to a port and does what a client does. */
export type Visit = (port: number) => void;

/** Every one of these servers is caught, and the right one passes with any seed. */
export function catchesServers(challenge: Challenge, wrong: readonly Wrong<() => Serve>[], right: () => Serve): void {
  catches(challenge, wrong, right, (serve, seed) => checkedServer(challenge, serve(), seed));
}

/** The same for UDP. */
export function catchesDatagrams(
  challenge: Challenge,
  wrong: readonly Wrong<() => Answer>[],
  right: () => Answer,
): void {
  catches(challenge, wrong, right, (answer, seed) => checkedDatagrams(challenge, answer(), seed));
}

/** The same for clients. */
export function catchesClients(challenge: Challenge, wrong: readonly Wrong<Visit>[], right: Visit): void {
  catches(challenge, wrong, right, (visit, seed) => checkedClient(challenge, visit, seed));
}

function catches<Program>(
  challenge: Challenge,
  wrong: readonly Wrong<Program>[],
  right: Program,
  check: (program: Program, seed: number) => Promise<Verdict>,
): void {
  describe(`the check “${challenge.id}”`, () => {
    it.each(wrong)(`catches a ${challenge.writes} that %s`, async (_what, stage, code, program) => {
      const { failedStage, code: found, sentence, run } = await check(program, 1);
      expect([failedStage, found, sentence]).toEqual([stage, code, sentence]);
      const said = run.stages.find(({ id }) => id === stage)?.failure?.sentence;
      for (const text of [said?.en, said?.['zh-CN']]) {
        expect(text).toMatch(/[.?)。？）]$/);
        expect(text).not.toMatch(/\{\w+\}|undefined/);
      }
    });

    it.each([1, 2, 3])(`passes a right ${challenge.writes}, with seed %i`, async (seed) => {
      const { passed, sentence } = await check(right, seed);
      expect([sentence, passed]).toEqual(['', true]);
    });
  });
}
