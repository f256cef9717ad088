import type { Chat } from '../../../chat/chat.ts';
import { NEWS_DELAY_MS } from '../../../chat/limits.ts';
import type { ManualScheduler } from '../../../chat/testing/manual-scheduler.ts';
import { openTestChat } from '../../../chat/testing/test-chat.ts';
import { testCertificate } from '../../testing/certificate.ts';
import { FakeConnection } from '../../testing/fake-connection.ts';
import { createChatLines } from '../chat-lines.ts';

/** The chat without a network, whose turns and time pass when the test says so. */
export interface TestChat {
  readonly chat: Chat;
  readonly scheduler: ManualScheduler;
  /** Somebody connects and says nothing. */
  connect(): FakeConnection;
  /** Somebody connects and comes in under this nick. */
  enter(nick: string): Promise<FakeConnection>;
  /** Somebody sends, and the room delivers. */
  send(connection: FakeConnection, bytes: Uint8Array | string): Promise<void>;
  close(): void;
}

/** Starts one, on a core of its own unless there is one already. */
export function startTestChat({ chat, scheduler } = openTestChat()): TestChat {
  const demo = createChatLines(chat).start({ now: () => new Date(0), certificate: testCertificate });
  const connect = (): FakeConnection => {
    const connection = new FakeConnection();
    demo.connection?.(connection);
    return connection;
  };
  const send = async (connection: FakeConnection, bytes: Uint8Array | string): Promise<void> => {
    await connection.receive(bytes);
    scheduler.pass(NEWS_DELAY_MS);
  };
  const enter = async (nick: string): Promise<FakeConnection> => {
    const connection = connect();
    await send(connection, `${nick}\n`);
    return connection;
  };
  return { chat, scheduler, connect, enter, send, close: () => demo.close?.() };
}
