import { defineStrings } from '../i18n/strings.ts';

/** Words of the playground, and of the demos wherever they are shown. */
export const strings = defineStrings({
  en: {
    title: 'Playground',
    lead: 'Every demo, a terminal and the workbench, without a lesson. Connect with whatever you like: it shows up on its own.',
    demos: 'Demos running now',
    noDemos: 'Waiting for the list of demos…',
    openWorkbench: 'Workbench and terminal',
    workbench: 'Workbench',
    terminal: 'Terminal',
    resizeDemos: 'Resize the list of demos',
    resizeTerminal: 'Resize the terminal',
    own: 'Your own server',
    ownLead:
      'Put Porthole in front of a server of yours, see its conversations here, and make the way to it bad on purpose.',
    ownLink: 'Start a relay',
    chatLink: 'Chat here over several protocols, with the wire under it',
    ownCapture: 'Open a capture file',
    client: 'Write the commands for',
    clients: { telnet: 'telnet', nc: 'nc', python: 'Python', node: 'Node.js' },
    run: 'Run',
    runLabel: 'Run {{command}} in the terminal of this page',
    copyLabel: 'Copy {{command}}',
    telnetIsTcp: 'telnet speaks TCP only; for UDP the commands use nc.',
    about: {
      echo: { name: 'Echo', what: 'Sends back every octet it receives.', rfc: 'RFC 862' },
      discard: { name: 'Discard', what: 'Reads everything and answers nothing.', rfc: 'RFC 863' },
      daytime: { name: 'Daytime', what: 'Says date and time once, and hangs up.', rfc: 'RFC 867' },
      'chat-lines': {
        name: 'Chat by lines',
        what: 'A room for everyone connected: type a nick, then talk. /who, /nick and /quit work.',
        rfc: '',
      },
      'chat-json': {
        name: 'Chat by JSON',
        what: 'The same room, one JSON object a line. Type {"type":"login","user":"alice","password":"porthole"}',
        rfc: 'docs/chat-json.md',
      },
      http: {
        name: 'HTTP',
        what: 'A web server whose every octet you see. Type GET / HTTP/1.1, then a Host line and an empty line.',
        rfc: 'RFC 9112',
      },
      xmpp: {
        name: 'XMPP',
        what: 'Instant messaging as real clients speak it: alice, bob and carol, password porthole, at localhost.',
        rfc: 'RFC 6120',
      },
      'hosted-im': {
        name: 'Hosted messaging',
        what: 'REST, tokens and a WebSocket on the same chat, the way rented services work. GET /openapi.json says how.',
        rfc: '/openapi.json',
      },
      tls: {
        name: 'TLS echo',
        what: 'An echo inside TLS: see on the wire what is still readable. A browser or curl -k gets a page.',
        rfc: 'RFC 8446',
      },
    },
    install: {
      here: 'You need none of them: the terminal of this page has telnet and nc.',
      telnet: {
        darwin: 'macOS has no telnet. Use nc, which is there, or brew install telnet.',
        linux: 'No telnet here. On Debian and Ubuntu: sudo apt install telnet. On Fedora: sudo dnf install telnet.',
        win32:
          'No telnet here. As administrator: dism /online /Enable-Feature /FeatureName:TelnetClient. Or use Node.js.',
        other: 'No telnet here. Use another client.',
      },
      nc: {
        darwin: 'nc is part of macOS, but was not found on the server’s PATH.',
        linux:
          'No nc here. On Debian and Ubuntu: sudo apt install netcat-openbsd. On Fedora: sudo dnf install nmap-ncat.',
        win32: 'Windows has no nc. Nmap brings ncat: winget install Insecure.Nmap. Or use Node.js.',
        other: 'No nc here. Use another client.',
      },
      python: {
        darwin: 'No python3 here. brew install python, or use Node.js.',
        linux: 'No python3 here. Your package manager has it: sudo apt install python3.',
        win32: 'The server does not look for Python on Windows. winget install Python.Python.3.13 brings it.',
        other: 'No python3 here. Use another client.',
      },
    },
  },
  'zh-CN': {
    title: '实验场',
    lead: '全部演示服务、终端和工作台，不带课程。用什么程序连接都行，连上就会自动显示。',
    demos: '正在运行的演示服务',
    noDemos: '正在等待演示服务列表…',
    openWorkbench: '工作台和终端',
    workbench: '工作台',
    terminal: '终端',
    resizeDemos: '调整演示服务列表的宽度',
    resizeTerminal: '调整终端的高度',
    own: '你自己的服务',
    ownLead: '把 Porthole 放到你自己的服务前面，在这里看它的会话，还可以故意把网络弄差。',
    ownLink: '启动中继',
    chatLink: '在这里用几种协议聊天，线上的内容就在下方',
    ownCapture: '打开抓包文件',
    client: '命令写给',
    clients: { telnet: 'telnet', nc: 'nc', python: 'Python', node: 'Node.js' },
    run: '运行',
    runLabel: '在本页的终端里运行 {{command}}',
    copyLabel: '复制 {{command}}',
    telnetIsTcp: 'telnet 只支持 TCP；UDP 的命令用 nc。',
    about: {
      echo: { name: 'Echo（回显）', what: '收到什么字节，就原样发回什么字节。', rfc: 'RFC 862' },
      discard: { name: 'Discard（丢弃）', what: '照单全收，从不应答。', rfc: 'RFC 863' },
      daytime: { name: 'Daytime（报时）', what: '报一次日期和时间，然后关闭连接。', rfc: 'RFC 867' },
      'chat-lines': {
        name: '按行聊天',
        what: '所有连接者共用一个聊天室：先输入昵称，然后发言。支持 /who、/nick 和 /quit。',
        rfc: '',
      },
      'chat-json': {
        name: '按 JSON 聊天',
        what: '同一间聊天室，每行一个 JSON 对象。先输入 {"type":"login","user":"alice","password":"porthole"}',
        rfc: 'docs/chat-json.md',
      },
      http: {
        name: 'HTTP',
        what: '一个每个字节都看得见的网页服务器。先输入 GET / HTTP/1.1，再输入一行 Host，最后一个空行。',
        rfc: 'RFC 9112',
      },
      xmpp: {
        name: 'XMPP',
        what: '真正的即时通信协议，现成的客户端就能用：账号 alice、bob、carol，密码 porthole，域名 localhost。',
        rfc: 'RFC 6120',
      },
      'hosted-im': {
        name: '托管式即时通信',
        what: '同一个聊天核心，外面是 REST、令牌和 WebSocket，商业服务就是这个样子。先看 /openapi.json',
        rfc: '/openapi.json',
      },
      tls: {
        name: 'TLS echo（加密回显）',
        what: '套在 TLS 里的回显：看看线路上还剩什么读得懂。用浏览器或 curl -k 访问，会得到一个页面。',
        rfc: 'RFC 8446',
      },
    },
    install: {
      here: '不装也可以：本页的终端自带 telnet 和 nc。',
      telnet: {
        darwin: 'macOS 不带 telnet。可以用系统自带的 nc，或执行 brew install telnet。',
        linux: '这台机器没有 telnet。Debian、Ubuntu：sudo apt install telnet；Fedora：sudo dnf install telnet。',
        win32:
          '这台机器没有 telnet。以管理员身份执行 dism /online /Enable-Feature /FeatureName:TelnetClient，或改用 Node.js。',
        other: '这台机器没有 telnet，请换一个客户端。',
      },
      nc: {
        darwin: 'macOS 自带 nc，但在服务器进程的 PATH 里没有找到。',
        linux: '这台机器没有 nc。Debian、Ubuntu：sudo apt install netcat-openbsd；Fedora：sudo dnf install nmap-ncat。',
        win32: 'Windows 不带 nc。Nmap 里有 ncat：winget install Insecure.Nmap，或改用 Node.js。',
        other: '这台机器没有 nc，请换一个客户端。',
      },
      python: {
        darwin: '这台机器没有 python3。执行 brew install python，或改用 Node.js。',
        linux: '这台机器没有 python3，可用包管理器安装：sudo apt install python3。',
        win32: '在 Windows 上服务器不检测 Python。可执行 winget install Python.Python.3.13 安装。',
        other: '这台机器没有 python3，请换一个客户端。',
      },
    },
  },
});
