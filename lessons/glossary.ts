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
  interface: {
    en: {
      word: 'interface',
      meaning:
        'Where a machine meets a network: a Wi-Fi card, a cable’s socket, or the loopback, which meets nothing but the machine itself. Addresses belong to interfaces (RFC 4291 §2.1).',
    },
    'zh-CN': {
      word: '网络接口',
      meaning:
        '机器与网络相接的地方：一块 Wi-Fi 网卡、一个网线口，或者只通向本机自己的回环接口。地址属于接口，而不属于机器（RFC 4291 §2.1）。',
    },
  },
  loopback: {
    en: {
      word: 'loopback',
      meaning:
        'The interface that leads back to the same machine: 127.0.0.0/8 in IPv4 (RFC 1122 §3.2.1.3), ::1 in IPv6 (RFC 4291 §2.5.3). What is sent there never reaches a wire.',
    },
    'zh-CN': {
      word: '回环（loopback）',
      meaning:
        '通回本机自己的接口：IPv4 是 127.0.0.0/8（RFC 1122 §3.2.1.3），IPv6 是 ::1（RFC 4291 §2.5.3）。发往这里的内容不会出现在任何网线上。',
    },
  },
  segment: {
    en: {
      word: 'segment',
      meaning:
        'What TCP hands to IP at a time: a header and some octets of the stream, as many as fit and are due. The receiver’s program never sees where one ends (RFC 9293 §3.1).',
    },
    'zh-CN': {
      word: '报文段',
      meaning:
        'TCP 每次交给 IP 的一份：一个首部，加上字节流里的一段，装得下多少、该发多少，就带多少。接收方的程序看不到它的边界（RFC 9293 §3.1）。',
    },
  },
  'byte-stream': {
    en: {
      word: 'byte stream',
      meaning:
        'Octets in order, without gaps and without marks: what comes out is what went in, but not in the pieces in which it went in (RFC 9293 §2.2).',
    },
    'zh-CN': {
      word: '字节流',
      meaning:
        '一串有序、无缺、没有记号的字节：进去的是什么，出来的就是什么，但不保证还是原来那几块（RFC 9293 §2.2）。',
    },
  },
  datagram: {
    en: {
      word: 'datagram',
      meaning:
        'A message that travels by itself, with its own addresses and length: it arrives whole or not at all, perhaps twice, perhaps after a later one (RFC 768).',
    },
    'zh-CN': {
      word: '数据报',
      meaning:
        '独自上路的一份消息，带着自己的地址和长度：要么完整到达，要么根本不到；也可能到两次，或者比后发的更晚到（RFC 768）。',
    },
  },
  'header-field': {
    en: {
      word: 'header field',
      meaning: 'A line of a message’s head: a name, a colon and a value, such as Host: localhost (RFC 9110 §5).',
    },
    'zh-CN': {
      word: '头部字段（header field）',
      meaning: '报文头部的一行：名字、冒号、值，例如 Host: localhost（RFC 9110 §5）。',
    },
  },
  'websocket-frame': {
    en: {
      word: 'frame',
      meaning:
        'What a WebSocket message travels in: two octets or more with its kind and length, from a client also four octets of mask, then the payload (RFC 6455 §5.2).',
    },
    'zh-CN': {
      word: '帧（frame）',
      meaning:
        'WebSocket 的消息装在帧里传送：前面至少两个字节，说明种类和长度；客户端发出的还有四个字节的掩码；然后才是内容（RFC 6455 §5.2）。',
    },
  },
  icmp: {
    en: {
      word: 'ICMP',
      meaning:
        'The protocol in which hosts and routers report what went wrong with a packet, such as “port unreachable” (RFC 792; RFC 4443 for IPv6).',
    },
    'zh-CN': {
      word: 'ICMP',
      meaning: '主机和路由器用来报告数据包出了什么问题的协议，例如“端口不可达”（RFC 792；IPv6 见 RFC 4443）。',
    },
  },
  mtu: {
    en: {
      word: 'MTU',
      meaning:
        'Maximum transmission unit: the largest IP packet that a link carries in one piece, 1,500 octets on Ethernet. The smallest one along the way is the path MTU (RFC 1191).',
    },
    'zh-CN': {
      word: 'MTU',
      meaning:
        '最大传输单元：一条链路能一次承载的最大 IP 包，以太网是 1,500 字节。一路上最小的那个叫路径 MTU（RFC 1191）。',
    },
  },
  framing: {
    en: {
      word: 'framing',
      meaning:
        'The rule by which a reader finds the ends of messages in a stream of octets: a mark, a length sent ahead, or the shape of the message itself.',
    },
    'zh-CN': {
      word: '成帧',
      meaning: '读的一方在字节流里找出每条消息边界的规则：结束标记、预先给出的长度，或者消息自身的形状。',
    },
  },
  acknowledgement: {
    en: {
      word: 'acknowledgement',
      meaning:
        'An answer that says: I have it. Each layer has its own, and each speaks only for itself: TCP for octets, a chat server for messages, a receipt for a person’s program.',
    },
    'zh-CN': {
      word: '确认',
      meaning:
        '一个表示“我收到了”的回答。每一层都有自己的确认，也只能代表自己：TCP 代表字节，聊天服务器代表消息，回执代表对方的程序。',
    },
  },
  heartbeat: {
    en: {
      word: 'heartbeat',
      meaning:
        'A question that a protocol asks a silent peer now and then, so that one that is gone without a FIN is noticed within a known time.',
    },
    'zh-CN': {
      word: '心跳',
      meaning: '协议隔一段时间向沉默的对方发出的询问，这样即使对方没有发 FIN 就消失了，也能在确定的时间内发现。',
    },
  },
  handshake: {
    en: {
      word: 'handshake (TLS)',
      meaning:
        'The first messages of a TLS connection: both ends agree on a version, a cipher and keys, and the server shows a certificate (RFC 8446 §2).',
    },
    'zh-CN': {
      word: '握手（TLS）',
      meaning: 'TLS 连接最初的几条消息：双方商定版本、加密算法和密钥，服务器出示证书（RFC 8446 §2）。',
    },
  },
  certificate: {
    en: {
      word: 'certificate',
      meaning:
        'A public key and the names it is for, signed by somebody. Whoever trusts the signer may believe that the key belongs to the name (RFC 5280).',
    },
    'zh-CN': {
      word: '证书',
      meaning: '一把公钥，加上它所属的名字，由某一方签名。信任签名者的人，就可以相信这把公钥属于这个名字（RFC 5280）。',
    },
  },
  sni: {
    en: {
      word: 'SNI',
      meaning:
        'Server name indication: the name that a client asks for in its first message, so that one address can serve many (RFC 6066 §3). It is readable on the wire, unless both ends know Encrypted Client Hello.',
    },
    'zh-CN': {
      word: 'SNI',
      meaning:
        '服务器名称指示：客户端在第一条消息里写明要找的名字，这样一个地址就能服务许多名字（RFC 6066 §3）。它在线路上是明文，除非双方都支持加密的 ClientHello（ECH）。',
    },
  },
  stanza: {
    en: {
      word: 'stanza',
      meaning:
        'A first-level element of an XMPP stream that carries something: message, presence or iq, for question and answer (RFC 6120 §8).',
    },
    'zh-CN': {
      word: '节（stanza）',
      meaning: 'XMPP 流里第一层的、真正承载内容的元素，只有三种：message、presence，以及一问一答的 iq（RFC 6120 §8）。',
    },
  },
} as const satisfies Readonly<Record<string, GlossaryEntry>>;

/** Looks a term up; `undefined` where there is none. */
export function glossaryEntry(id: string): GlossaryEntry | undefined {
  return Object.hasOwn(GLOSSARY, id) ? GLOSSARY[id as keyof typeof GLOSSARY] : undefined;
}
