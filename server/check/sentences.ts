import { CHALLENGE_SENTENCES } from './challenge-sentences.ts';
import { say } from './words.ts';

/** What each failure says: what happened and what to try. Names in braces are facts. */
export const SENTENCES = {
  refused: say(
    'Nothing listens on port {port}: the connection was refused. Is your server running, and on this port?',
    '端口 {port} 上没有程序在监听：连接被拒绝。你的服务器启动了吗？端口对吗？',
  ),
  'refused-later': say(
    'Your server was there for an earlier connection, and now nothing listens on port {port}. It has ended or crashed: accept in a loop, and let one connection’s error end that connection only.',
    '之前还能连上，现在端口 {port} 上已经没有程序在监听：服务器退出或崩溃了。请循环调用 accept，一个连接出错只结束这一个连接。',
  ),
  'not-accepted': say(
    'The connection to {address} port {port} was not accepted within {seconds} s. Call listen with a backlog, and accept in a loop.',
    '{seconds} 秒内没能与 {address} 的端口 {port} 建立连接。请调用 listen 并给出积压队列长度，然后循环调用 accept。',
  ),
  unreachable: say('{address} port {port} could not be reached: {errno}.', '连不上 {address} 的端口 {port}：{errno}。'),
  silent: say(
    'Nothing came back within {seconds} s, after {sent} had been sent. Answer as soon as a message is complete; do not wait for the client to close. If your language buffers what you write, flush it.',
    '发出 {sent} 之后，{seconds} 秒内没有任何回应。消息一完整就应当回答，不要等客户端关闭；如果你的语言会缓冲输出，记得 flush。',
  ),
  short: say(
    'You answered {got} of {wanted} and then nothing for {seconds} s; {sent} had been sent. Read and write in a loop: a read gives what is there, and a write may take only a part.',
    '应回 {wanted}，只收到 {got}，之后 {seconds} 秒再没有动静；一共发出了 {sent}。读和写都要循环：一次读只给出当时已到的字节，一次写也可能只写出一部分。',
  ),
  'closed-silent': say(
    'Your program closed the connection without answering, after {sent} had been sent. Read first, answer, and close only when the other end has finished.',
    '发出 {sent} 之后，你的程序没有回答就关闭了连接。先读，再回答，等对方结束后再关闭。',
  ),
  'closed-after-answer': say(
    'Your program answered an earlier message and then closed the connection. Read and answer in a loop, until your read says that the client has finished (0).',
    '你的程序回答了前一条消息后就关闭了连接。请循环地读和答，直到 read 返回 0，表示客户端已经结束。',
  ),
  'closed-early': say(
    'Your program closed the connection after {got} of {wanted}. Write everything, in a loop if need be, before you close.',
    '应发 {wanted}，只发了 {got} 就关闭了连接。关闭之前要把全部字节写完，必要时循环写。',
  ),
  reset: say(
    'Your program reset the connection (RST), after {sent} had been sent. It crashed, or it closed while octets were still unread in its buffer.',
    '发出 {sent} 之后，连接被你的程序重置（RST）。它崩溃了，或者在接收缓冲区还有未读字节时就关闭了套接字。',
  ),
  different: say(
    'Octet {at} of your answer is wrong: {expectedHex} was expected and {gotHex} came; from there {expected} was expected and {got} came.',
    '回答的第 {at} 个字节不对：应为 {expectedHex}，收到的是 {gotHex}；从这里起应为 {expected}，收到的是 {got}。',
  ),
  'too-much': say('You sent {count} more than you should: {got}.', '多发了 {count}：{got}。'),
  flood: say(
    'You sent {count} and more where {sent} had been sent to you; the check stopped reading. Does your loop write the whole buffer instead of the octets that were read?',
    '只发给你 {sent}，你却发回了 {count} 以上，检查器已停止读取。是不是循环里写出了整个缓冲区，而不是刚读到的那些字节？',
  ),
  'not-read': say(
    'Your program stopped reading: after {sent} its buffers were full and it took no more. Read on, also while you write.',
    '你的程序不再读取：发出 {sent} 之后它的缓冲区满了，再也收不下。写的同时也要继续读。',
  ),
  'stays-open': say(
    'The connection was still open {seconds} s after it should have been closed. When a read answers 0 (end of stream), close your socket too.',
    '应当关闭之后过了 {seconds} 秒，连接仍然开着。读到 0（流结束）时，把自己的套接字也关掉。',
  ),
  'no-line-end': say(
    'A line was expected, and {got} came without a line feed (\\n) at its end.',
    '这里应当是一行，收到的 {got} 末尾却没有换行符（\\n）。',
  ),
  'wrong-line': say(
    'To {asked} the answer should be {expected}; {got} came.',
    '对 {asked} 应当回答 {expected}，收到的是 {got}。',
  ),
  'wrong-reply': say(
    'To the datagram {asked} the answer should be {expected}; {got} came.',
    '对数据报 {asked} 应当回答 {expected}，收到的是 {got}。',
  ),
  'silent-datagram': say(
    'No datagram came back within {seconds} s, after one of {sent} had been sent to port {port}. Answer with sendto, to the address that recvfrom gave you.',
    '向端口 {port} 发出 {sent} 的数据报后，{seconds} 秒内没有数据报返回。请用 sendto 回到 recvfrom 给出的地址。',
  ),
  'refused-datagram': say(
    'Nothing listens on UDP port {port}: the system answered with ICMP “port unreachable”. Is your server running, and is its socket a UDP one?',
    'UDP 端口 {port} 上没有程序：系统用 ICMP“端口不可达”作了回答。你的服务器启动了吗？用的是 UDP 套接字吗？',
  ),
  'wrong-sender': say(
    'An answer came from port {from} instead of {port}. Answer from the socket that received the datagram: the client only knows that one.',
    '回答来自端口 {from}，而不是 {port}。请用收到数据报的那个套接字回答：客户端只认得它。',
  ),
  'datagram-different': say(
    'One datagram with {expected} ({expectedLength}) was expected; {got} ({gotLength}) came.',
    '应当收到一个内容为 {expected} 的数据报（{expectedLength}），收到的是 {got}（{gotLength}）。',
  ),
  'datagram-cut': say(
    'A datagram of {expectedLength} came back with only {gotLength}. What does not fit into the buffer of recvfrom is lost: make it as large as the largest datagram.',
    '{expectedLength} 的数据报只回来了 {gotLength}。recvfrom 的缓冲区放不下的部分会丢掉：缓冲区要和最大的数据报一样大。',
  ),
  'datagram-extra': say('One more datagram came than was asked for: {got}.', '多收到了一个数据报：{got}。'),
  'datagram-flood': say(
    '{count} datagrams and more came back. Answer each datagram once.',
    '多返回了 {count} 个以上的数据报。每个数据报只回答一次。',
  ),
  'nobody-came': say(
    'No client came to port {port} within {seconds} s. Start your client with this port.',
    '{seconds} 秒内没有客户端连接端口 {port}。请让你的客户端连接这个端口。',
  ),
  'client-silent': say(
    'Your client connected and said nothing within {seconds} s. Write right after connect, and flush if your language buffers what you write.',
    '你的客户端连上之后，{seconds} 秒内什么也没说。connect 之后立即写；如果你的语言会缓冲输出，记得 flush。',
  ),
  'too-slow': say(
    'This took longer than {seconds} s and was given up. Something answers, but very slowly.',
    '超过 {seconds} 秒，检查已放弃。有回应，但太慢。',
  ),
  internal: say('The check itself could not go on: {reason}.', '检查器自身无法继续：{reason}。'),
  ...CHALLENGE_SENTENCES,
} as const;
