import { say } from './words.ts';

/** What failures say that only one challenge, or a few, have. */
export const CHALLENGE_SENTENCES = {
  'first-piece-only': say(
    'You answered after {got}; the client sent {total} in {pieces} segments: one read is not one message. Read on in a loop until the client has finished.',
    '你收到 {got} 就回答了；客户端把 {total} 分成 {pieces} 段发送：一次读不等于一条消息。请循环读取，直到客户端结束。',
  ),
  'one-at-a-time': say(
    'While one client was connected and silent, another got no answer. Serve each connection on its own: a thread, a process, or poll and non-blocking sockets.',
    '有一个客户端连着但不说话时，另一个客户端得不到回答。每个连接要各自处理：用线程、进程，或 poll 加非阻塞套接字。',
  ),
} as const;
