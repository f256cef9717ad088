import { defineStrings } from '../../i18n/strings.ts';

/** Words of the same program in several languages. */
export const codeStrings = defineStrings({
  en: {
    code: {
      title: { server: 'The echo server in two languages', client: 'The echo client in two languages' },
      left: 'Read',
      right: 'beside',
      run: 'run by our tests',
      notRun: 'not run here',
      copy: 'Copy {{name}}',
      head: 'What comes before',
      challenge: 'The protocol, and all challenges',
      done: 'Done.',
      call: {
        socket: 'asks the system for one end of a conversation',
        bind: 'gives it an address and a port',
        listen: 'lets clients queue there',
        accept: 'takes the next one out of the queue, with a socket of its own',
        connect: 'finds the other end, and shakes hands',
        read: 'takes what has come; 0 is the end',
        write: 'hands octets to the system, all of them',
        close: 'sends the FIN, and gives the socket back',
      },
    },
  },
  'zh-CN': {
    code: {
      title: { server: '两种语言的 echo 服务器', client: '两种语言的 echo 客户端' },
      left: '阅读',
      right: '对照',
      run: '由我们的测试运行',
      notRun: '这里没有运行',
      copy: '复制 {{name}}',
      head: '开头部分',
      challenge: '协议原文与全部挑战',
      done: '完成了。',
      call: {
        socket: '向系统要来会话的一端',
        bind: '给它一个地址和端口',
        listen: '让客户端在那里排队',
        accept: '取出队列里的下一个，给它一个自己的套接字',
        connect: '找到另一端，完成握手',
        read: '取走已经到达的字节；0 表示结束',
        write: '把字节交给系统，一个不落',
        close: '发出 FIN，归还套接字',
      },
    },
  },
});
