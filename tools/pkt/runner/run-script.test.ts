import { describe, expect, it } from 'vitest';
import { runScript } from './run-script.ts';

/** A connection that is accepted, served and closed. */
const LINES = [
  '0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3',
  '+0 bind(3, ..., ...) = 0',
  '+0 listen(3, 1) = 0',
  '+.1 < S 0:0(0) win 32792 <mss 1000,sackOK,nop,nop,nop,wscale 7>',
  '+0 > S. 0:0(0) ack 1 <mss 1460,nop,nop,sackOK,nop,wscale 7>',
  '+.1 < . 1:1(0) ack 1 win 257',
  '+0 accept(3, ..., ...) = 4',
  '+.1 < P. 1:101(100) ack 1 win 257',
  '+0 read(4, ..., 1000) = 100',
  '+0 write(4, ..., 2500) = 2500',
  '+0 > . 1:1001(1000) ack 101',
  '+0 > . 1001:2001(1000) ack 101',
  '+.1 < . 101:101(0) ack 2001 win 257',
  '+0 > P. 2001:2501(500) ack 101',
  '+.1 < . 101:101(0) ack 2501 win 257',
  '+0 close(4) = 0',
  '+0 > F. 2501:2501(0) ack 101',
  '+.1 < F. 101:101(0) ack 2502 win 257',
  '+0 > . 2502:2502(0) ack 102',
];

/** Where each line of the script is told by what it says. */
const at = (part: string) => LINES.findIndex((line) => line.includes(part));
const changed = (part: string, to: string) => LINES.map((line) => line.replace(part, to)).join('\n');
const without = (part: string) => LINES.filter((line) => !line.includes(part)).join('\n');

describe('a script that says what the stack does', () => {
  it('passes, all of its events done', () => {
    const result = runScript(LINES.join('\n'));
    expect(result).toMatchObject({ result: 'pass', reason: null, events: LINES.length, done: LINES.length });
  });
});

describe('a script that says something else', () => {
  it.each([
    ['a wrong sequence number', '> . 1001:2001(1000)', '> . 1002:2002(1000)', 'sequence'],
    ['a wrong acknowledgment', '1:1001(1000) ack 101', '1:1001(1000) ack 100', 'ack'],
    ['a wrong flag', '> F. 2501', '> R. 2501', 'flags'],
    ['no PSH at the end of what was written', '> P. 2001', '> . 2001', 'flags'],
    ['a wrong payload', '> P. 2001:2501(500)', '> P. 2001:2401(400)', 'payload'],
    ['a wrong option', 'mss 1460', 'mss 1400', 'options'],
    ['a missing option', '<mss 1460,nop,nop,sackOK,nop,wscale 7>', '<mss 1460>', 'options'],
    ['a window that is not offered', '2502:2502(0) ack 102', '2502:2502(0) ack 102 win 1', 'win'],
    ['a wrong time', '+0 > F.', '+.05 > F.', 'time'],
    ['a wrong result', '= 100', '= 99', 'read'],
    ['an error that does not happen', '+0 listen(3, 1) = 0', '+0 listen(3, 1) = -1 EINVAL (Invalid)', 'listen'],
  ])('fails for %s', (_, part, to, field) => {
    const result = runScript(changed(part, to));
    expect(result).toMatchObject({ result: 'fail', reason: expect.stringContaining(field) });
    expect(result.place?.line).toBe(at(part) + 1);
    expect(result.done).toBeLessThan(result.events);
  });

  it('shows both packets', () => {
    expect(runScript(changed('> F. 2501', '> R. 2501'))).toMatchObject({
      expected: '> R. 2501:2501(0) ack 101',
      sent: expect.stringMatching(/^> F\. 2501:2501\(0\) ack 101 win \d+$/),
    });
  });

  it.each(['> . 1:1001', '> P. 2001', '> F. 2501', '> . 2502'])('fails when it leaves out %s', (part) => {
    expect(runScript(without(part), { strict: true }).result).toBe('fail');
  });

  it('passes, with a count, when it leaves out what comes last, as packetdrill has it', () => {
    expect(runScript(without('> . 2502'))).toMatchObject({ result: 'pass', unseenPackets: 1 });
  });

  it('fails when it expects one packet more', () => {
    const more = [...LINES, '+.1 > . 2502:2502(0) ack 102'].join('\n');
    expect(runScript(more)).toMatchObject({ result: 'fail', sent: 'nothing', place: { line: LINES.length + 1 } });
  });

  it('fails when a call would block', () => {
    const early = ['0 socket(..., SOCK_STREAM, 0) = 3', '+0 listen(3, 1) = 0', '+0 accept(3, ..., ...) = 4'];
    expect(runScript(early.join('\n'))).toMatchObject({ result: 'fail', reason: expect.stringContaining('blocks') });
  });

  it('fails when it ends while a call still blocks', () => {
    const early = ['0 socket(..., SOCK_STREAM, 0) = 3', '+0 listen(3, 1) = 0', '+0...9 accept(3, ..., ...) = 4'];
    expect(runScript(early.join('\n'))).toMatchObject({ result: 'fail', reason: expect.stringContaining('blocks') });
  });

  it('fails when a call returns at another time', () => {
    const blocking = changed('+0 accept', '+0...1 accept');
    expect(runScript(blocking)).toMatchObject({ result: 'fail', reason: expect.stringContaining('time') });
  });

  it('fails when an assertion does', () => {
    const cwnd = LINES.toSpliced(at('close'), 0, '+0 %{ assert tcpi_snd_cwnd == 1, tcpi_snd_cwnd }%');
    expect(runScript(cwnd.join('\n'))).toMatchObject({
      result: 'fail',
      expected: 'tcpi_snd_cwnd == 1',
      reason: expect.stringMatching(/assertion failed \(\d+\)/),
    });
  });
});

describe('what no packet can be', () => {
  it.each([
    ['+0 < . 1:65536(65535) ack 1 win 1', '65535'],
    [`+0 < . 1:1(0) ack 1 win 1 <${'nop,'.repeat(60)}nop>`, '60 octets'],
  ])('is said with its place: %s', (line, what) => {
    const result = runScript(`0 socket(..., SOCK_STREAM, 0) = 3\n${line}`);
    expect(result).toMatchObject({ result: 'fail', place: { line: 2 }, reason: expect.stringContaining(what) });
  });
});

describe('what is not supported', () => {
  it.each([
    ['--ip_version=ipv6\n0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3', 'IPv6'],
    ['0 socket(AF_INET6, SOCK_STREAM, IPPROTO_TCP) = 3', 'IPv6'],
    ['0 splice(3, NULL, 4, NULL, 1, 0) = 1', 'splice'],
    ['0 socket(..., SOCK_STREAM, 0) = 3\n+0 setsockopt(3, SOL_TCP, TCP_FASTOPEN, [1], 4) = 0', 'TCP_FASTOPEN'],
    ['0 socket(..., SOCK_STREAM, 0) = 3\n+0 %{ import os }%', 'import'],
    ['0 > [ect0] . 1:1(0) ack 1', 'ECN'],
    ['0 > SEW 0:0(0) <...>', 'ECN'],
    ['0 > S 0:0(0) <mss 1460,FO abcd>', 'FO'],
  ])('is named: %s', (script, what) => {
    expect(runScript(script)).toMatchObject({ result: 'unsupported', reason: expect.stringContaining(what) });
  });
});

describe('shell commands', () => {
  it('set what they set, and are skipped and counted when they set nothing', () => {
    const commands = ['`sysctl -q net.ipv4.tcp_sack=0 net.ipv4.tcp_frto=2`', '`tc qdisc add dev tun0 root fq`'];
    const script = [...commands, ...LINES]
      .join('\n')
      .replace('nop,nop,sackOK,nop,wscale 7>\n+.1 <', 'nop,wscale 7>\n+.1 <');
    expect(runScript(script, { platform: 'rfc' })).toMatchObject({
      result: 'pass',
      skippedCommands: 1,
      ignoredSettings: ['net.ipv4.tcp_frto'],
    });
  });
});

describe('the system a script was written for', () => {
  it.each([
    ['`sysctl -w net.inet.tcp.sack.enable=1`', 'freebsd'],
    ['`sysctl -q net.ipv4.tcp_sack=1`', 'linux'],
    ['`../common/defaults.sh`', 'linux'],
    ['`true`', 'rfc'],
  ])('is told by its commands: %s', (command, platform) => {
    expect(runScript(`${command}\n0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3`)).toMatchObject({
      result: 'pass',
      platform,
    });
  });
});
