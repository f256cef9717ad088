/** Runs that read like the scenario. */
import { DEFAULT_TCP_OPTIONS, type TcpOptions } from '../../stack/options.ts';
import { Driver } from '../driver.ts';
import { CLEAN_LINK, type HostId, type LinkSettings } from '../link-settings.ts';
import { type ReadyProgramId, readyProgram } from '../programs/ready-programs.ts';
import { Run } from '../run.ts';
import type { Action, RunSetup } from '../run-setup.ts';
import type { WireRule } from '../wire-rule.ts';
import { InProcessPrograms } from './in-process-programs.ts';

/** What differs from two quiet hosts on a clean wire. */
export interface Scenario {
  readonly seed?: number;
  /** Both directions. */
  readonly link?: Partial<LinkSettings>;
  readonly rules?: readonly WireRule[];
  readonly tcp?: Partial<TcpOptions>;
  /** Program texts. */
  readonly a?: readonly string[];
  readonly b?: readonly string[];
}

/** The setup of a scenario. */
export function setupOf({ seed = 7, link = {}, rules = [], tcp = {}, a = [], b = [] }: Scenario): RunSetup {
  const options = { ...DEFAULT_TCP_OPTIONS, ...tcp };
  const wire = { ...CLEAN_LINK, ...link };
  const programs = (texts: readonly string[]) => texts.map((text, index) => ({ name: `program ${index}`, text }));
  return {
    seed,
    hosts: {
      a: { name: 'alice', address: '10.0.0.1', tcp: options },
      b: { name: 'bob', address: '10.0.0.2', tcp: options },
    },
    wire: { a: wire, b: wire },
    rules,
    programs: { a: programs(a), b: programs(b) },
  };
}

/** A run, its driver, and its programs in this process. */
export class TestLab {
  readonly run: Run;
  readonly driver: Driver;
  readonly programs: InProcessPrograms;

  constructor(setup: RunSetup, actions: readonly Action[] = []) {
    this.run = new Run(setup, actions);
    this.programs = new InProcessPrograms(setup);
    this.driver = new Driver(this.run, this.programs);
  }

  /** Until nothing more happens, or an hour has passed. */
  async finish(): Promise<this> {
    await this.driver.advanceTo(HOUR_US, 100_000);
    return this;
  }

  /** The lines that the programs of a host printed. */
  printed(host: HostId): string[] {
    return this.run.events.flatMap((event) => (event.kind === 'output' && event.host === host ? [event.text] : []));
  }

  /** A line a packet: who sent it, when, and its octets in hex. */
  packets(): string[] {
    return this.run.packets.map(({ from, sentAt, bytes }) => `${from} ${sentAt} ${Buffer.from(bytes).toString('hex')}`);
  }
}

const HOUR_US = 3_600_000_000;

/** A run of a scenario, at its beginning. */
export function labOf(scenario: Scenario): TestLab {
  return new TestLab(setupOf(scenario));
}

/** Two ready programs, a's and b's. */
export function ready(a: ReadyProgramId, b: ReadyProgramId): { a: string[]; b: string[] } {
  return { a: [readyProgram(a)], b: [readyProgram(b)] };
}
