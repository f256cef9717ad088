import { defineStrings } from '../../i18n/strings.ts';

/** Words of exercises on captures. */
export const exerciseStrings = defineStrings({
  en: {
    exercise: {
      kind: 'A capture to read',
      loading: 'Loading the capture…',
      failed: 'The capture could not be loaded. Is the server still running?',
      look: 'Look at the whole capture',
      evidence: 'Captured from real sockets; see where and how on the page of captures.',
      blank: 'The number that is left out',
      blankNo:
        '{{given}} is not it. An acknowledgment names the next octet that is expected: what has come, plus one for each SYN or FIN.',
      phantomNo: '{{given}} is off by one: SYN and FIN use up a number each, as if they were an octet.',
      seqNo: '{{given}} is not it. A sequence number is that of the first octet; count what this end has sent before.',
      lenNo: '{{given}} is not it. Look at how far the sequence and acknowledgment numbers move.',
      order: 'Packets, in your order',
      up: 'Move up: {{packet}}',
      down: 'Move down: {{packet}}',
      placed_one: '{{count}} of {{total}} is where it belongs.',
      placed_other: '{{count}} of {{total}} are where they belong.',
      find: 'Choose a packet',
      findNo: 'Not this one. It is {{packet}}.',
      done: 'Right.',
      again: 'Do it again',
      from: { client: 'client', server: 'server' },
    },
  },
  'zh-CN': {
    exercise: {
      kind: '读一份抓包',
      loading: '正在加载抓包文件…',
      failed: '抓包文件加载失败。服务器还在运行吗？',
      look: '查看完整的抓包',
      evidence: '抓自真实的套接字；在哪里、怎样抓的，见抓包文件页。',
      blank: '空缺的数字',
      blankNo: '{{given}} 不对。确认号是期望收到的下一个字节：已收到的字节数，再为每个 SYN 或 FIN 加一。',
      phantomNo: '{{given}} 差了一：SYN 和 FIN 各占用一个序号，就像一个字节。',
      seqNo: '{{given}} 不对。序号是第一个字节的编号；数一数这一端之前发过多少。',
      lenNo: '{{given}} 不对。看看序号和确认号各前进了多少。',
      order: '数据包，按你的顺序',
      up: '上移：{{packet}}',
      down: '下移：{{packet}}',
      placed_other: '{{total}} 个里有 {{count}} 个位置正确。',
      find: '选出一个数据包',
      findNo: '不是这个。它是 {{packet}}。',
      done: '对了。',
      again: '再做一次',
      from: { client: '客户端', server: '服务器' },
    },
  },
});
