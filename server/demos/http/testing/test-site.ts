import { type ManualScheduler, manualScheduler } from '../../../chat/testing/manual-scheduler.ts';
import { type ServedDemo, serveDemo } from '../../testing/serve-demo.ts';
import { TcpClient } from '../../testing/tcp-client.ts';
import { createHttp } from '../http.ts';

/** The HTTP demo on a real port, whose times pass when the test says so. */
export interface TestSite {
  readonly served: ServedDemo;
  readonly scheduler: ManualScheduler;
  /** Connects and sends. */
  send(octets: string): Promise<TcpClient>;
  /** Connects, sends, and gives all that came until the server closed. */
  answer(octets: string): Promise<string>;
  close(): Promise<void>;
}

/** Starts one. */
export async function startTestSite(): Promise<TestSite> {
  const scheduler = manualScheduler();
  const served = await serveDemo(createHttp(scheduler), () => new Date(0));
  const clients: TcpClient[] = [];
  const send = async (octets: string): Promise<TcpClient> => {
    const client = await TcpClient.connect(served.tcpPort);
    clients.push(client);
    return client.send(Buffer.from(octets, 'latin1'));
  };
  return {
    served,
    scheduler,
    send,
    answer: async (octets) => String(await (await send(octets)).finished()),
    close: async () => {
      for (const client of clients) client.close();
      await served.close();
    },
  };
}

/** A request with Host, whose answer ends the connection. */
export function request(line: string, fields: readonly string[] = [], body = ''): string {
  const all = [`${line} HTTP/1.1`, 'Host: localhost', 'Connection: close', ...fields, '', body];
  return all.join('\r\n');
}
