import type { Command } from '../command.ts';
import { demoPorts, LOCAL_NAMES, optionCompletions } from '../completion.ts';
import { runTelnet } from '../telnet/telnet.ts';

const USAGE = `Usage: telnet [-4] [-6] [HOST [PORT]]
Connects to HOST at PORT (default 23) and talks line by line.

  -4          use only IPv4
  -6          use only IPv6
      --help  show this help

While connected, Ctrl-] gives the telnet> prompt; there, help lists its commands.`;

const MANUAL = `NAME
    telnet - talk to another host by the TELNET protocol, or simply by TCP

SYNOPSIS
    telnet [-4] [-6] [host [port]]

DESCRIPTION
    telnet looks up host and tries its addresses in the order that the system
    gives them, until one answers. Without a host it begins at its prompt.

    TELNET (RFC 854) is a protocol of its own: octet 255 (IAC) begins a
    command, and the two ends negotiate options. telnet stays silent until the
    peer negotiates, so that it also serves to talk to anything else that
    speaks lines of text: echo, chat, HTTP, XMPP. It lets the peer echo
    (RFC 857) and suppress go-ahead (RFC 858), and refuses any other option.

    In line mode what you type is sent when you press Enter, ended by carriage
    return and line feed. Backspace, Ctrl-W and Ctrl-U edit the line. Ctrl-D on
    an empty line sends the octet 4. Once the peer has said that it suppresses
    go-ahead, every key is sent at once, Ctrl-C too.

    Ctrl-] gives the prompt "telnet>" for a command; an empty line goes back:

    close            close the connection
    open host [port] connect
    quit             close the connection and leave telnet
    status           say what the connection is like
    send what        send ayt, brk, ip, ao, ec, el, ga, nop, or escape
    help, ?          list the commands

EXIT STATUS
    0 when the connection was closed, 1 when there was none.

WHAT DIFFERS FROM THE REAL ONE
    Ctrl-C in line mode ends telnet; the real one sends it to the peer as
    IAC IP. Octets that would act on your terminal are made visible instead.
    A reset is told apart from an ordinary close. Behind a pipe, telnet waits
    for the peer's answer after it has sent everything. There is no LINEMODE,
    no encryption, no authentication, no .telnetrc; ports are numbers.

SEE ALSO
    nc, send. RFC 854, 855, 857, 858, 1143.`;

/** `telnet [host [port]]`. */
export const telnet: Command = {
  name: 'telnet',
  summary: 'talk to a TCP server line by line',
  usage: USAGE,
  manual: MANUAL,
  conversation: true,
  complete(words, host) {
    const operands = words.filter((word) => !word.startsWith('-'));
    if (operands.length === 0) return [...LOCAL_NAMES, ...optionCompletions({ '-4': 'IPv4 only', '-6': 'IPv6 only' })];
    return operands.length === 1 ? demoPorts(host, 'tcp') : [];
  },
  run: runTelnet,
};
