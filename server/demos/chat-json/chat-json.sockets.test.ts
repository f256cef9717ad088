import { afterEach, beforeEach, expect, it } from 'vitest';
import { systemScheduler } from '../../chat/scheduler.ts';
import { openSystemChat } from '../../chat/testing/test-chat.ts';
import { type ServedDemo, serveDemo } from '../testing/serve-demo.ts';
import { TcpClient } from '../testing/tcp-client.ts';
import { createChatJson } from './chat-json.ts';

let served: ServedDemo;
let client: TcpClient;

beforeEach(async () => {
  const json = createChatJson({ chat: openSystemChat(), scheduler: systemScheduler, pageUrl: () => null });
  served = await serveDemo(json.demo);
  client = await TcpClient.connect(served.tcpPort);
});

afterEach(async () => {
  client.close();
  await served.close();
});

/** Waits for an object that has this in it, whatever its line end. */
async function receive(part: string): Promise<void> {
  await client.until(() =>
    client.text
      .split('\n')
      .slice(0, -1)
      .some((line) => line.includes(part)),
  );
}

it('speaks one object a line over TCP, whatever the segments are', async () => {
  await receive('"type":"hello"');
  client.send('{"type":"login","user":"al').send('ice","password":"porthole"}\r\n{"type":"pi');
  await receive('"type":"welcome"');
  client.send('ng","id":"1"}\n\n{"type":"message","id":"c1","to":"bob","body":"你好"}\n');
  await receive('"type":"pong","re":"1"');
  await receive('"status":"stored"');
  expect(client.text.endsWith('\n')).toBe(true);
  client.finish();
  await client.finished();
});

it('drops a line that is too long and reads on', async () => {
  client.send(`{"type":"ping","id":"${'x'.repeat(200_000)}"}\n{"type":"ping","id":"2"}\n`);
  await receive('"re":"2"');
  expect(client.text).toContain('line-too-long');
});

it('ends with the reason when the demo is closed', async () => {
  await receive('"type":"hello"');
  const closing = served.close();
  await receive('"code":"closing"');
  await client.finished();
  client.close();
  await closing;
});
