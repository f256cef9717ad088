import { say } from './words.ts';

/** What failures say that only one challenge, or a few, have. */
export const CHALLENGE_SENTENCES = {
  'first-piece-only': say(
    'You answered after {got}; the client sent {total} in {pieces} segments. One read is not one message: read on in a loop, until the message is complete.',
    '你收到 {got} 就回答了；客户端把 {total} 分成 {pieces} 段发送。一次读不等于一条消息：请循环读取，直到消息完整。',
  ),
  'one-at-a-time': say(
    'While another client was connected, this one got no answer. Serve each connection on its own: with a thread, a process, or poll and non-blocking sockets.',
    '有另一个客户端连着时，这个客户端得不到回答。每个连接要各自处理：用线程、进程，或 poll 加非阻塞套接字。',
  ),
  'fell-with-another': say(
    'One client vanished with a RST, and another lost its connection, too, or the server ended. A read or write that fails (ECONNRESET, EPIPE) ends that one connection only: handle the error. (In Node: socket.on("error", …); in C: ignore SIGPIPE.)',
    '一个客户端发出 RST 消失之后，另一个的连接也断了，或者服务器退出了。read 或 write 出错（ECONNRESET、EPIPE）只应结束那一个连接：请处理这个错误。（Node：socket.on("error", …)；C：忽略 SIGPIPE。）',
  ),
  'answered-early': say(
    'Only {sent} had been sent, and you already answered {got}. The message was not complete: keep what you have read, and wait for its end.',
    '才发出 {sent}，你就回答了 {got}。消息还不完整：把读到的留着，等到它的结尾。',
  ),
  'no-bound': say(
    'After {sent} without a line feed your server still waits for more. Give the buffer of a line a bound, and close the connection that exceeds it.',
    '已经发出 {sent}，没有一个换行符，你的服务器还在等。给行缓冲区设一个上限，超过就关闭连接。',
  ),
  'no-answer-after-fin': say(
    'After the client’s FIN your server closed the connection without its answer. A FIN ends one direction only: write the answer first, then close. (In Node: allowHalfOpen: true.)',
    '收到客户端的 FIN 之后，你的服务器没有回答就关闭了连接。FIN 只结束一个方向：先写出回答，再关闭。（Node 里要设 allowHalfOpen: true。）',
  ),
  'not-a-time': say(
    '{got} is not of the form 2026-11-26T17:05:09Z\\r\\n: UTC, to the second, with Z, ending with carriage return and line feed.',
    '{got} 不是 2026-11-26T17:05:09Z\\r\\n 的形式：UTC 时间，精确到秒，带 Z，以回车和换行结尾。',
  ),
  'wrong-time': say(
    '{got} is {seconds} s off. Send the time in UTC, not local time.',
    '{got} 差了 {seconds} 秒。请发送 UTC 时间，而不是本地时间。',
  ),
  'time-stands': say(
    'More than a second later it is still {got}. Ask for the time when a client comes, not when the server starts.',
    '过了一秒多，仍然是 {got}。应在客户端到来时取时间，而不是在服务器启动时。',
  ),
  'wrong-prefix': say(
    'The prefix of your answer is {got}, which says {says} octets; {expected} were expected. Four octets, unsigned, the most significant first (htonl).',
    '你的回答的长度前缀是 {got}，即 {says} 字节；应为 {expected}。四个字节，无符号，高位在前（htonl）。',
  ),
  'oversize-accepted': say(
    'A prefix said that 2 GiB would follow, and your server waits for them. Compare the length with your bound before you read on or reserve memory, and close. (Is your number a signed one?)',
    '前缀声称后面有 2 GiB，你的服务器还在等。先把长度和上限比较，再决定读不读、分不分配内存，超过就关闭。（是不是用了有符号数？）',
  ),
  'not-heard': say(
    '{why}: a client in the room should have heard {line}, and heard nothing within {seconds} s. Send every line to all who are in the room.',
    '{why}：房间里的一个客户端应当收到 {line}，{seconds} 秒内什么也没收到。每一行都要发给房间里的所有人。',
  ),
  'heard-wrong': say(
    '{why}: a client in the room should have heard {line}; it heard {got}.',
    '{why}：房间里的一个客户端应当收到 {line}，收到的却是 {got}。',
  ),
  'hears-itself': say(
    'The client that said it heard its own line: {got}. Send it to all others.',
    '说话的客户端收到了自己说的话：{got}。只发给其他人。',
  ),
  overheard: say(
    'A connection that had not given a nick heard {got}. Who has no nick is not in the room.',
    '还没给出昵称的连接收到了 {got}。没有昵称就不在房间里。',
  ),
  'no-status-line': say(
    'The answer begins with {got}, which is no status line such as HTTP/1.1 200 OK.',
    '响应以 {got} 开头，这不是状态行（如 HTTP/1.1 200 OK）。',
  ),
  'malformed-field': say(
    '{got} is no field of an HTTP head: a name, a colon, a value. The head ends with an empty line.',
    '{got} 不是 HTTP 头部的字段：名称、冒号、值。头部以空行结束。',
  ),
  'bare-lf': say(
    'The line {got} ends with a line feed alone. In HTTP every line of the head ends with \\r\\n (RFC 9112 §2.2).',
    '{got} 这一行只以换行结尾。HTTP 头部的每一行都以 \\r\\n 结尾（RFC 9112 §2.2）。',
  ),
  'missing-field': say('The head has no {field} field.', '头部没有 {field} 字段。'),
  'wrong-status': say(
    'To {asked} the status should be {expected}; it is {got}.',
    '对 {asked} 的状态码应为 {expected}，实际是 {got}。',
  ),
  'wrong-length': say(
    'Content-Length says {got}; the body has {expected} octets. Count octets, not characters.',
    'Content-Length 写的是 {got}，正文应为 {expected} 字节。数的是字节，不是字符。',
  ),
  'body-on-head': say(
    'A HEAD request was answered with a body: {got}. Its answer is the head alone (RFC 9110 §9.3.2).',
    'HEAD 请求的响应带了正文：{got}。它的响应只有头部（RFC 9110 §9.3.2）。',
  ),
  'not-kept-alive': say(
    'Request {at} on the same connection got no answer: the connection was closed after the one before. HTTP/1.1 keeps it open unless Connection: close says otherwise.',
    '同一连接上的第 {at} 个请求没有得到响应：前一个响应之后连接就关闭了。HTTP/1.1 默认保持连接，除非写了 Connection: close。',
  ),
  'not-an-object': say(
    '{got} is no JSON object. Every line is one object, and nothing else is written.',
    '{got} 不是 JSON 对象。每行一个对象，此外什么都不写。',
  ),
  'wrong-object': say(
    'To {asked} an object with {expected} was expected; {got} came.',
    '对 {asked} 应当收到含有 {expected} 的对象，收到的是 {got}。',
  ),
  'no-object': say(
    'After {asked} an object with {expected} was expected, and none came.',
    '{asked} 之后应当收到含有 {expected} 的对象，却没有收到。',
  ),
  'ids-differ': say(
    'The ack {ack} and the message that was delivered, {got}, are of one message: both have the server’s id, and to is the recipient.',
    '确认 {ack} 和投递的消息 {got} 是同一条消息：两者的 id 都是服务器的那个，to 是收件人。',
  ),
  'not-delayed': say(
    'A message that had waited came without "delayed":true: {got}.',
    '等待过的消息没有带 "delayed":true：{got}。',
  ),
  'delivered-twice': say(
    'The same message was sent again, with the same id, and delivered twice: {got}. Remember the ids of each user, and only acknowledge.',
    '同一条消息以同样的 id 再发一次，被投递了两次：{got}。记住每个用户用过的 id，再来时只确认。',
  ),
  'wrong-request': say(
    'Your request begins with {got}; GET /hello HTTP/1.1 is asked for.',
    '你的请求以 {got} 开头；要求的是 GET /hello HTTP/1.1。',
  ),
  'client-left-early': say(
    'Your client closed the connection after {got} of {wanted}. One read is not the whole answer: read on until you have all of it.',
    '你的客户端只收了 {got}（共 {wanted}）就关闭了连接。一次读不等于整个回答：一直读到收齐为止。',
  ),
  'wrong-line-length': say(
    'Your line has {got}, its end included; 3 to 1,024 octets are asked for.',
    '你的这一行连同行尾有 {got}；要求 3 到 1,024 字节。',
  ),
} as const;
