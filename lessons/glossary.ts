/** A term as one language explains it. */
export interface Meaning {
  /** The term itself. */
  readonly word: string;
  /** One or two sentences. */
  readonly meaning: string;
}

/** A field term, in every language of the course. */
export interface GlossaryEntry {
  readonly en: Meaning;
  readonly 'zh-CN': Meaning;
}

/** Terms that lessons explain in place with `<Term id="…">`. Words come from the RFCs and POSIX. */
export const GLOSSARY = {
  socket: {
    en: {
      word: 'socket',
      meaning:
        'To a program: one end of a conversation, an object it gets from the operating system, reads and writes. In RFC 9293: an address and a port together.',
    },
    'zh-CN': {
      word: '套接字（socket）',
      meaning: '对程序来说：会话的一端，向操作系统要来、可读可写的一个对象。在 RFC 9293 里：一个地址加一个端口。',
    },
  },
  client: {
    en: {
      word: 'client',
      meaning: 'The program that begins a conversation: it connects (TCP) or sends the first datagram (UDP).',
    },
    'zh-CN': { word: '客户端', meaning: '发起会话的程序：TCP 里是主动连接的一方，UDP 里是先发数据报的一方。' },
  },
  server: {
    en: { word: 'server', meaning: 'The program that waits on a known port until a client calls.' },
    'zh-CN': { word: '服务器', meaning: '守在一个众所周知的端口上、等客户端上门的程序。' },
  },
  'ephemeral-port': {
    en: {
      word: 'ephemeral port',
      meaning:
        'A port that the operating system picks for a client and takes back afterwards. IANA sets 49152–65535 aside for it (RFC 6335 §6); systems choose as they like, Linux by default from 32768–60999.',
    },
    'zh-CN': {
      word: '临时端口',
      meaning:
        '操作系统临时分给客户端、用完收回的端口。IANA 为此划出 49152–65535（RFC 6335 §6），各系统另有自己的范围，Linux 默认是 32768–60999。',
    },
  },
  'four-tuple': {
    en: {
      word: '4-tuple',
      meaning:
        'Client address, client port, server address, server port. No two TCP connections of a machine have all four in common at the same time.',
    },
    'zh-CN': {
      word: '四元组',
      meaning:
        '客户端地址、客户端端口、服务器地址、服务器端口。同一时刻，一台机器上没有两条 TCP 连接的这四个数完全相同。',
    },
  },
  fin: {
    en: {
      word: 'FIN',
      meaning:
        'The flag of a TCP segment that says “I have nothing more to send”. The other direction stays open until its own FIN (RFC 9293 §3.6).',
    },
    'zh-CN': {
      word: 'FIN',
      meaning:
        'TCP 报文段里的一个标志，意思是“我没有更多要发的了”。另一个方向仍然开着，直到对方也发出 FIN（RFC 9293 §3.6）。',
    },
  },
  rst: {
    en: {
      word: 'RST',
      meaning:
        'The flag of a TCP segment that says “there is no such connection (any more)”: it refuses or cuts off at once (RFC 9293 §3.5.2).',
    },
    'zh-CN': {
      word: 'RST',
      meaning: 'TCP 报文段里的一个标志，意思是“没有（或不再有）这条连接”：用来拒绝连接或立即中断（RFC 9293 §3.5.2）。',
    },
  },
} as const satisfies Readonly<Record<string, GlossaryEntry>>;

/** Looks a term up; `undefined` where there is none. */
export function glossaryEntry(id: string): GlossaryEntry | undefined {
  return Object.hasOwn(GLOSSARY, id) ? GLOSSARY[id as keyof typeof GLOSSARY] : undefined;
}
