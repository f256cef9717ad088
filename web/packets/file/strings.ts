import { defineStrings } from '../../i18n/strings.ts';

/** Words of capture files, and of those that come with the page. */
export const fileStrings = defineStrings({
  en: {
    file: {
      title: 'Capture file',
      heading: 'Look into a capture file',
      lead: 'A pcapng or pcap file, of Wireshark, tcpdump or Porthole. It stays in this browser: nothing is sent anywhere.',
      drop: 'Drop a file here, or',
      pick: 'Choose a file',
      reading: 'Reading {{name}}: {{percent}} %',
      cancel: 'Cancel',
      facts_one: '{{name}}: {{packets}} packet, {{size}}',
      facts_other: '{{name}}: {{packets}} packets, {{size}}',
      another: 'Open another',
      back: 'All packets',
      stopped: 'The file could be read as far as octet {{at}}: {{message}}. What came before it is shown.',
      refused: {
        'not-a-capture': 'This is neither a pcapng nor a pcap file.',
        'too-large':
          'This file is larger than {{limit}}, which is as much as a tab can hold. editcap -c 100000 splits it.',
        unreadable: 'The browser could not read the file. Was it moved?',
        empty: 'There is no packet in this file.',
      },
      traces: 'Captures that come with Porthole',
      tracesLead:
        'Each was captured from real sockets, on the loopback or between two network namespaces of one machine running Linux {{kernel}}.',
    },
    trace: {
      handshake: {
        title: 'Handshake and goodbye',
        what: 'A client connects to an echo server, says hello, gets it back, and closes.',
      },
      refused: { title: 'Refused', what: 'A SYN to a port where nobody listens, and the RST.' },
      reset: { title: 'Reset', what: 'A connection that ends with a RST (SO_LINGER 0).' },
      'half-close': { title: 'Half-close', what: 'The client finishes first and still receives the answer.' },
      retransmission: {
        title: 'Loss and retransmission',
        what: 'The fourth segment is dropped on purpose; SACK tells of the hole, and it is sent again.',
      },
      unreachable: {
        title: 'Port unreachable',
        what: 'A datagram to a closed port, and the ICMP error that quotes it.',
      },
      fragmentation: { title: 'Fragmentation', what: 'A datagram of 4,000 octets over a link with an MTU of 1,500.' },
    },
  },
  'zh-CN': {
    file: {
      title: '抓包文件',
      heading: '查看抓包文件',
      lead: '支持 Wireshark、tcpdump 或 Porthole 的 pcapng、pcap 文件。文件只留在这个浏览器里，不会发往任何地方。',
      drop: '把文件拖到这里，或者',
      pick: '选择文件',
      reading: '正在读取 {{name}}：{{percent}} %',
      cancel: '取消',
      facts_other: '{{name}}：{{packets}} 个数据包，{{size}}',
      another: '打开另一个',
      back: '全部数据包',
      stopped: '文件读到第 {{at}} 个字节为止：{{message}}。之前的内容照常显示。',
      refused: {
        'not-a-capture': '这不是 pcapng 或 pcap 文件。',
        'too-large': '文件超过 {{limit}}，一个标签页装不下。可以用 editcap -c 100000 把它拆开。',
        unreadable: '浏览器读不了这个文件，是不是被移走了？',
        empty: '这个文件里没有数据包。',
      },
      traces: 'Porthole 自带的抓包文件',
      tracesLead: '每一份都来自真实的套接字：在一台 Linux {{kernel}} 机器的回环接口上，或两个网络命名空间之间抓取。',
    },
    trace: {
      handshake: { title: '握手与告别', what: '客户端连接一个 echo 服务器，打个招呼，收到同样的话，然后关闭。' },
      refused: { title: '连接被拒绝', what: '向无人监听的端口发 SYN，收到 RST。' },
      reset: { title: '重置', what: '以 RST 结束的连接（SO_LINGER 0）。' },
      'half-close': { title: '半关闭', what: '客户端先说完，之后仍收到应答。' },
      retransmission: { title: '丢包与重传', what: '故意丢掉第四个报文段：SACK 报告缺口，随后重传。' },
      unreachable: { title: '端口不可达', what: '向关闭的端口发数据报，收到引用它的 ICMP 差错。' },
      fragmentation: { title: '分片', what: '4,000 字节的数据报经过 MTU 为 1,500 的链路。' },
    },
  },
});
