import type { Socket } from 'node:net';
import { afterEach } from 'vitest';
import { type Driver, openTerminal } from './driver.ts';
import { startServer, type TestServer } from './servers.ts';

/** What the tests of one file open; all of it is closed after each test, newest first. */
export interface Stage {
  /** Has something closed with the rest, and returns it. */
  own<T extends { close(): unknown }>(one: T): T;
  serve(handler: (socket: Socket) => void, host?: string): Promise<TestServer>;
  terminal(options?: Parameters<typeof openTerminal>[0]): Promise<Driver>;
  /** A terminal with telnet connected to a server. */
  telnet(handler: (socket: Socket) => void): Promise<{ server: TestServer; shell: Driver }>;
}

/** Sets the stage of a test file; `defaults` are for its terminals. */
export function setStage(defaults: Parameters<typeof openTerminal>[0] = {}): Stage {
  const open: { close(): unknown }[] = [];
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
  });
  const stage: Stage = {
    own(one) {
      open.unshift(one);
      return one;
    },
    serve: async (handler, host) => stage.own(await startServer(handler, host)),
    async terminal(options) {
      const driver = await openTerminal({ ...defaults, ...options });
      stage.own(driver.sessions);
      return driver;
    },
    async telnet(handler) {
      const server = await stage.serve(handler);
      const shell = await stage.terminal();
      shell.enter(`telnet localhost ${server.port}`);
      await shell.until("Escape character is '^]'.\n");
      return { server, shell };
    },
  };
  return stage;
}
