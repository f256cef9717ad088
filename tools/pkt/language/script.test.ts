import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TCP_FLAGS } from '#packets/tcp.ts';
import type { OptionSpec, PacketSpec } from './packet.ts';
import { packetText } from './print.ts';
import { ScriptProblem } from './problem.ts';
import { parseScript, type Script } from './script.ts';

function problemOf(source: string): ScriptProblem {
  try {
    parseScript(source);
  } catch (error) {
    if (error instanceof ScriptProblem) return error;
    throw error;
  }
  throw new Error('it was read');
}

const only = (source: string) => parseScript(source).events[0];
const packetOf = (line: string): PacketSpec | undefined => {
  const event = only(line);
  return event?.action === 'packet' ? event.packet : undefined;
};

describe('a script', () => {
  it('has options, commands, calls, packets and code', () => {
    const script = parseScript(`// A comment
      --ip_version=ipv4
      --tolerance_usecs=75000
      /* one more
         comment */
      \`sysctl -q net.ipv4.tcp_sack=1\`
      0.0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
      +.1 < S 0:0(0) win 32792 <mss 1000,nop,wscale 7>
      * > S. 0:0(0) ack 1 <...>
      +0 %{ assert tcpi_rto == 1, tcpi_rto }%`);
    expect(script.options.map(({ name, value }) => [name, value])).toEqual([
      ['ip_version', 'ipv4'],
      ['tolerance_usecs', '75000'],
    ]);
    expect(script.events.map(({ action }) => action)).toEqual(['command', 'call', 'packet', 'packet', 'code']);
    expect(script.events.map(({ place }) => place.line)).toEqual([6, 7, 8, 9, 10]);
  });

  it.each([
    ['0.5', { kind: 'absolute', us: 500_000 }],
    ['+.001', { kind: 'relative', us: 1000 }],
    ['*', { kind: 'any' }],
    ['0.5~0.75', { kind: 'absolute-range', fromUs: 500_000, toUs: 750_000 }],
    ['+0~+.2', { kind: 'relative-range', fromUs: 0, toUs: 200_000 }],
  ])('says when: %s', (time, expected) => {
    expect(only(`${time} > . 1:1(0) ack 1`)?.time).toEqual(expected);
  });

  it('says when a call that blocks returns', () => {
    expect(only('+.1...0.2 read(4, ..., 1000) = 1000')).toMatchObject({
      time: { kind: 'relative', us: 100_000 },
      call: { name: 'read', endUs: 200_000, error: null },
    });
  });

  it('names the error of a call', () => {
    expect(only('0 connect(3, ..., ...) = -1 EINPROGRESS (Operation now in progress)')).toMatchObject({
      call: { error: 'EINPROGRESS', result: { kind: 'number', value: -1 } },
    });
  });

  it('reads structures as fields', () => {
    const address = '{sa_family = AF_INET, sin_port = htons(80), sin_addr = inet_addr("192.0.2.1")}';
    expect(only(`0 bind(3, ${address}, ...) = 0`)).toMatchObject({
      call: { arguments: [{}, { kind: 'fields', fields: [{ name: 'sa_family' }, { name: 'sin_port' }, {}] }, {}] },
    });
    expect(only('0 recvmsg(3, {msg_name(...)=..., msg_iov(1)=[{..., 10}], msg_flags=0}, 0) = 10')).toMatchObject({
      call: { arguments: [{}, { fields: [{ name: 'msg_name' }, { name: 'msg_iov', count: { value: 1 } }, {}] }, {}] },
    });
  });

  it('leaves out what is for another system', () => {
    const lines = ['0 close(1) = 0', '#ifdef FreeBSD', '0 > ...(0)', '#else', '0 close(2) = 0', '#endif'];
    expect(parseScript(lines.join('\n')).events.map(({ place, text }) => [place.line, text])).toEqual([
      [1, '0 close(1) = 0'],
      [5, '0 close(2) = 0'],
    ]);
    expect(problemOf('#ifdef STANDARD\n0 close(1) = 0')).toMatchObject({ place: { line: 1 } });
    expect(problemOf('0 close(1) = 0\n#endif')).toMatchObject({ place: { line: 2 } });
  });

  it('puts what is defined in the place of a word', () => {
    const script = parseScript('--define=CC=TCP_CONGESTION\n0 setsockopt(3, SOL_TCP, CC, "reno", 4) = 0');
    expect(script.events[0]).toMatchObject({ call: { arguments: [{}, {}, { name: 'TCP_CONGESTION' }, {}, {}] } });
  });
});

describe('a packet', () => {
  it('has flags, numbers, a window and options', () => {
    expect(packetOf('0 > FP. 1:1001(1000) ack 7 win 257 urg 3 <nop,nop,TS val 1 ecr 2>')).toMatchObject({
      direction: 'out',
      protocol: 'tcp',
      flags: TCP_FLAGS.fin | TCP_FLAGS.psh | TCP_FLAGS.ack,
      sequence: 1,
      payloadOctets: 1000,
      acknowledgment: 7,
      window: 257,
      urgentPointer: 3,
      options: [{ kind: 'nop' }, { kind: 'nop' }, { kind: 'TS', value: 1, echo: 2 }],
    });
  });

  it('may have no flags, ports of its own, and ECN', () => {
    expect(packetOf('0 < [ect0] 5000 > 80 - 0:0(0)')).toMatchObject({
      ip: { ecn: 2 },
      ports: { source: 5000, destination: 80 },
      flags: 0,
    });
  });

  it('may be UDP, or an ICMP error that quotes', () => {
    expect(packetOf('0 < udp (100)')).toMatchObject({ protocol: 'udp', payloadOctets: 100 });
    const error = { protocol: 'icmp', type: 3, code: 4, mtu: 1200, quoted: { sequence: 1, payloadOctets: 1460 } };
    expect(packetOf('0 < icmp unreachable frag_needed mtu 1200 [1:1461(1460)]')).toMatchObject(error);
    expect(packetOf('0 < [1:1461(1460)] icmp unreachable frag_needed mtu 1200')).toMatchObject(error);
    expect(packetOf('0 < icmp type_3 code_3 [udp (10)]')).toMatchObject({ quoted: { protocol: 'udp' } });
  });

  it('is printed as it is read', () => {
    fc.assert(
      fc.property(segments(), (spec) => {
        expect(packetOf(`0 ${packetText(spec)}`)).toMatchObject({ ...spec, place: {} });
      }),
    );
  });
});

describe('what is not in the language', () => {
  it.each([
    ['0 > S. 0:1(0)', 1, 8, '0 and 0 octets do not make 1'],
    ['0 socket(..., = 3', 1, 15, 'expected a value, found "="'],
    ['0 > X 0:0(0)', 1, 5, 'none of the TCP flags'],
    ['\n  0 > S 0:0(0) <mss>', 2, 20, 'expected an MSS'],
    ['+.1 < . 1:1(0) ack 1 <...>', 1, 22, '<...> is for expected packets'],
    ['* read(3, ..., 1) = 1', 1, 1, 'only an expected packet'],
    ['0.5~0.1 > . 1:1(0) ack 1', 1, 1, 'goes backwards'],
    ['0 write(3, "abc, 3) = 3', 1, 12, 'not closed'],
    ['0 %{ assert 1', 1, 3, 'not closed'],
    ['', 1, 1, 'no events'],
  ])('is refused with its place: %s', (source, line, column, message) => {
    const problem = problemOf(source);
    expect([problem.kind, problem.place.line, problem.place.column]).toEqual(['syntax', line, column]);
    expect(problem.message).toContain(message);
  });

  it.each([
    ['0 > gre: . 1:1(0) ack 1', 'gre'],
    ['0 > mpls (label 0, tc 0, ttl 0): . 1:1(0)', 'mpls'],
    ['0 < S 0:0(0) win 1 <mss 1> {mut ip ihl}', 'mutated'],
    ['0 > [flowlabel 0x1] . 1:1(0)', 'IPv6'],
    ['0 < S0. 0:0(0) win 1', 'Accurate ECN'],
  ])('or named as not supported: %s', (source, what) => {
    const problem = problemOf(source);
    expect([problem.kind, problem.message]).toEqual(['unsupported', expect.stringContaining(what)]);
  });

  it('never does more than refuse', () => {
    const words = ['0', '+.1', '*', '<', '>', '(', ')', '[', '{', ',', '=', '...', 'S', '.', 'ack', 'win', '1:1(0)'];
    const soup = fc.array(fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 6 })), { maxLength: 30 });
    fc.assert(
      fc.property(soup, (parts) => {
        const read = attempt(parts.join(' '));
        expect(read instanceof ScriptProblem || read.events.length > 0).toBe(true);
      }),
    );
  });
});

function attempt(source: string): Script | ScriptProblem {
  try {
    return parseScript(source);
  } catch (error) {
    if (error instanceof ScriptProblem) return error;
    throw error;
  }
}

function segments(): fc.Arbitrary<PacketSpec> {
  const number = fc.integer({ min: 0, max: 0xffff_ffff });
  const option: fc.Arbitrary<OptionSpec> = fc.oneof(
    fc.constant<OptionSpec>({ kind: 'nop' }),
    fc.constant<OptionSpec>({ kind: 'sackOK' }),
    fc.record({ kind: fc.constant('mss' as const), octets: fc.integer({ min: 0, max: 0xffff }) }),
    fc.record({ kind: fc.constant('wscale' as const), shift: fc.integer({ min: 0, max: 255 }) }),
    fc.record({ kind: fc.constant('TS' as const), value: number, echo: fc.oneof(number, fc.constant('any' as const)) }),
    fc.record({
      kind: fc.constant('sack' as const),
      blocks: fc.array(fc.record({ left: number, right: number }), { minLength: 1, maxLength: 4 }),
    }),
  );
  return fc.record({
    place: fc.constant({ line: 0, column: 0 }),
    direction: fc.constantFrom('in' as const, 'out' as const),
    ip: fc.constant({ ecn: null, trafficClass: null, ttl: null }),
    protocol: fc.constant('tcp' as const),
    ports: fc.constant(null),
    flags: fc.integer({ min: 0, max: 0xff }),
    sequence: number,
    payloadOctets: fc.integer({ min: 0, max: 0xffff }),
    acknowledgment: fc.option(number, { nil: null }),
    window: fc.option(fc.integer({ min: 0, max: 0xffff }), { nil: null }),
    urgentPointer: fc.integer({ min: 0, max: 0xffff }),
    options: fc.array(option, { maxLength: 5 }),
  });
}
