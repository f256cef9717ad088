/** The Hypertext Transfer Protocol, HTTP/1.1: RFC 9110 and RFC 9112. https://www.rfc-editor.org/rfc/rfc9112 */
import { type Scheduler, systemScheduler } from '../../chat/scheduler.ts';
import type { Demo, DemoConnection, RunningDemo } from '../demo.ts';
import { createHttpSite } from './site.ts';

/** TCP on 7080; the well-known port is 80. */
export const http: Demo = createHttp(systemScheduler);

/** The demo with time handed in. */
export function createHttp(scheduler: Scheduler): Demo {
  return { id: 'http', port: 7080, transports: ['tcp'], start: ({ now }) => serve(scheduler, now) };
}

function serve(scheduler: Scheduler, now: () => Date): RunningDemo {
  const site = createHttpSite({ scheduler, now });
  return {
    connection: (connection: DemoConnection) => site.connection(connection),
    close: () => site.close(),
  };
}
