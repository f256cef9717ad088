import { TELNET } from './telnet-codec.ts';

/** Ctrl-]: the octet that gives the telnet> prompt, and its name. */
export const ESCAPE_OCTET = 0x1d;
export const ESCAPE_NAME = '^]';

/** What `send` can send: RFC 854 "Telnet command structure". */
export const SENDABLE: Readonly<Record<string, { readonly text: string; readonly octets: Uint8Array }>> = {
  ao: { text: "Send Telnet 'Abort Output'", octets: Uint8Array.of(TELNET.IAC, TELNET.AO) },
  ayt: { text: "Send Telnet 'Are You There'", octets: Uint8Array.of(TELNET.IAC, TELNET.AYT) },
  brk: { text: "Send Telnet 'Break'", octets: Uint8Array.of(TELNET.IAC, TELNET.BRK) },
  ec: { text: "Send Telnet 'Erase Character'", octets: Uint8Array.of(TELNET.IAC, TELNET.EC) },
  el: { text: "Send Telnet 'Erase Line'", octets: Uint8Array.of(TELNET.IAC, TELNET.EL) },
  escape: { text: 'Send the escape character itself', octets: Uint8Array.of(ESCAPE_OCTET) },
  ga: { text: "Send Telnet 'Go Ahead'", octets: Uint8Array.of(TELNET.IAC, TELNET.GA) },
  ip: { text: "Send Telnet 'Interrupt Process'", octets: Uint8Array.of(TELNET.IAC, TELNET.IP) },
  nop: { text: "Send Telnet 'No Operation'", octets: Uint8Array.of(TELNET.IAC, TELNET.NOP) },
};

/** What `send ?` says. */
export const SENDABLE_HELP = Object.entries(SENDABLE)
  .map(([name, { text }]) => `${name.padEnd(8)}${text}`)
  .join('\n');

/** The commands of the telnet> prompt. */
export const SESSION_HELP = `Commands may be abbreviated.  Commands are:

close   close current connection
open    connect to a host: open host-name [port]
quit    exit telnet
send    transmit special characters ('send ?' for more)
status  print status information
help    print this
An empty line goes back to the connection.`;

/** Whether `word` is `name` or its beginning, of at least `least` letters. */
export function isAbbreviation(word: string, name: string, least = 1): boolean {
  return word.length >= least && name.startsWith(word);
}
