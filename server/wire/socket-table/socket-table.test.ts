import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { parseProcNet } from './linux.ts';
import { parseMacosNetstat, parseWindowsNetstat } from './netstat.ts';
import { rowsOf, socketTableReader } from './socket-table.ts';

const PROC_NET_TCP = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1B5F 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 11842 1 0000000000000000 100 0 0 10 0
   1: 0100007F:1B5F 0100007F:C958 08 00000007:00000010 00:00000000 00000000     0        0 11901 1 0000000000000000 20 4 30 10 -1
   2: torn line`;

const PROC_NET_TCP6 = `  sl  local_address                         remote_address                        st tx_queue rx_queue
   0: 00000000000000000000000001000000:1B5F 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 1 1 0
   1: 0000000000000000FFFF00000100007F:1B5F 0000000000000000FFFF00000100007F:C958 01 00000000:00000000 00:00000000 00000000 0 0 2 1 0
   2: B80D0120000000000000000001000000:0050 B80D0120000000000100000002000000:C958 06 00000000:00000000 03:00001770 00000000 0 0 0 3 0`;

const MACOS = `Active Internet connections (including servers)
Proto Recv-Q Send-Q  Local Address          Foreign Address        (state)
tcp4       0      7  127.0.0.1.7007         127.0.0.1.51544        ESTABLISHED
tcp6       0      0  ::1.7007               *.*                    LISTEN
tcp4       0      0  127.0.0.1.51544        127.0.0.1.7007         FIN_WAIT_2
udp4       0      0  127.0.0.1.7007         *.*`;

const WINDOWS = `
Active Connections

  Proto  Local Address          Foreign Address        State           PID
  TCP    127.0.0.1:7007         0.0.0.0:0              LISTENING       4242
  TCP    [::1]:7007             [::1]:51544            CLOSE_WAIT      4242
  UDP    127.0.0.1:7007         *:*                                    4242`;

/** As Node reads it: the Ö of the console's code page 850 is no UTF-8. Lines end with CR and LF. */
const WINDOWS_IN_GERMAN = `
Aktive Verbindungen

  Proto  Lokale Adresse         Remoteadresse          Status           PID
  TCP    0.0.0.0:7070           0.0.0.0:0              ABH\ufffdREN         4242
  TCP    127.0.0.1:7007         127.0.0.1:51544        HERGESTELLT     4242
  TCP    127.0.0.1:51544        127.0.0.1:7007         SCHLIESSEN_WARTEN 17
  TCP    127.0.0.1:51545        127.0.0.1:7007         WARTEND         0
  TCP    [::1]:7007             [::]:0                 ABH\ufffdREN         4242
  UDP    [fe80::1%12]:7007      *:*                                    4242`.replaceAll('\n', '\r\n');

/** With a socket of both families, one that is bound and not connected, and tables that are not about the internet. */
const MACOS_WITH_MORE = `Active Internet connections (including servers)
Proto Recv-Q Send-Q  Local Address          Foreign Address        (state)
tcp46      0      0  *.7080                 *.*                    LISTEN
tcp4       0      0  *.*                    *.*                    CLOSED
tcp4       0      0  127.0.0.1.7009         *.*                    CLOSED
tcp6       0      0  fe80::1%lo0.7007       fe80::1%lo0.51544      SYN_SENT
udp6       0      0  ::1.7007               ::1.51544
Active Multipath Internet connections
Proto/ID  Flags      Local Address          Foreign Address        (state)
Active LOCAL (UNIX) domain sockets
Address          Type   Recv-Q Send-Q            Inode             Conn             Refs          Nextref Addr
4d2f1a7e11cbe4a1 stream      0      0                0 4d2f1a7e11cbe331                0                0
Registered kernel control modules
id       flags    pcbcount rcvbuf   sndbuf   name
       1        9        0   131072   131072 com.apple.flow-divert`;

describe('parseProcNet', () => {
  it('reads addresses, ports, states and queues', () => {
    expect(parseProcNet(PROC_NET_TCP, 'tcp')).toEqual([
      {
        transport: 'tcp',
        local: { address: '127.0.0.1', port: 7007 },
        remote: null,
        state: 'LISTEN',
        receiveQueue: 0,
        sendQueue: null,
      },
      {
        transport: 'tcp',
        local: { address: '127.0.0.1', port: 7007 },
        remote: { address: '127.0.0.1', port: 51544 },
        state: 'CLOSE-WAIT',
        receiveQueue: 16,
        sendQueue: 7,
      },
    ]);
  });

  it('reads IPv6, shortens it as RFC 5952 asks, and shows mapped IPv4 as IPv4', () => {
    const rows = parseProcNet(PROC_NET_TCP6, 'tcp');
    expect(rows.map((row) => row.local.address)).toEqual(['::1', '127.0.0.1', '2001:db8::1']);
    expect(rows[2]).toMatchObject({ state: 'TIME-WAIT', remote: { address: '2001:db8::1:0:2', port: 51544 } });
  });
});

describe('parseMacosNetstat', () => {
  it('takes the port after the last dot and spells states as RFC 9293 does', () => {
    expect(parseMacosNetstat(MACOS)).toMatchObject([
      { local: { address: '127.0.0.1', port: 7007 }, remote: { port: 51544 }, state: 'ESTABLISHED', sendQueue: 7 },
      { local: { address: '::1', port: 7007 }, remote: null, state: 'LISTEN', receiveQueue: null, sendQueue: null },
      { state: 'FIN-WAIT-2' },
      { transport: 'udp', remote: null, state: 'UNCONN' },
    ]);
  });
});

describe('parseMacosNetstat, of a machine with more', () => {
  it('reads sockets of both families and zones, and passes over what is bound to nothing', () => {
    expect(parseMacosNetstat(MACOS_WITH_MORE)).toMatchObject([
      { transport: 'tcp', local: { address: '0.0.0.0', port: 7080 }, remote: null, state: 'LISTEN' },
      { local: { address: '127.0.0.1', port: 7009 }, remote: null, state: 'CLOSED' },
      { local: { address: 'fe80::1', port: 7007 }, remote: { address: 'fe80::1', port: 51544 }, state: 'SYN-SENT' },
      { transport: 'udp', local: { address: '::1', port: 7007 }, remote: { port: 51544 }, state: 'ESTABLISHED' },
    ]);
  });
});

describe('parseWindowsNetstat', () => {
  it('reads rows and says nothing of queues it is not told', () => {
    expect(parseWindowsNetstat(WINDOWS)).toMatchObject([
      { local: { address: '127.0.0.1', port: 7007 }, remote: null, state: 'LISTEN', receiveQueue: null },
      { local: { address: '::1', port: 7007 }, remote: { address: '::1', port: 51544 }, state: 'CLOSE-WAIT' },
      { transport: 'udp', remote: null, state: 'UNCONN' },
    ]);
  });
});

describe('parseWindowsNetstat, in German', () => {
  it('knows what listens by its missing end, and the words for the other states', () => {
    expect(parseWindowsNetstat(WINDOWS_IN_GERMAN).map(({ local, state }) => `${local.port} ${state}`)).toEqual([
      '7070 LISTEN',
      '7007 ESTABLISHED',
      '51544 CLOSE-WAIT',
      '51545 TIME-WAIT',
      '7007 LISTEN',
      '7007 UNCONN',
    ]);
  });
});

describe('the table of this machine', () => {
  it('has a row for a socket that listens here', async () => {
    const read = socketTableReader(process.platform);
    if (!read) throw new Error(`no reader for ${process.platform}`);
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const rows = rowsOf(await read(), new Set([port]));
    server.close();
    // Connections of others may have had this port and rest in TIME-WAIT.
    expect(rows.filter(({ remote }) => remote === null)).toMatchObject([
      { transport: 'tcp', local: { address: '127.0.0.1', port }, state: 'LISTEN' },
    ]);
  });
});
