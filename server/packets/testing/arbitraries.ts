/** Any header that can be written, for property tests. */
import * as fc from 'fast-check';
import { ipv6Text } from '../address.ts';
import type { Ipv4Header } from '../ipv4.ts';
import type { Ipv6Header } from '../ipv6.ts';
import { MAX_TCP_HEADER_OCTETS, optionLength, type TcpHeader, type TcpOption, tcpHeaderLength } from '../tcp.ts';

/** Any number of so many bits; any octets up to a length. */
export const uint16 = fc.integer({ min: 0, max: 0xffff });
export const uint32 = fc.integer({ min: 0, max: 0xffff_ffff });
export const octets = (maxLength: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ maxLength });

/** Any address, as text. */
export const ipv4Address = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255)).map((parts) => parts.join('.'));
export const ipv6Address = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => ipv6Text(bytes, 0));

const option: fc.Arbitrary<TcpOption> = fc.oneof(
  fc.constant({ kind: 'nop' } as const),
  fc.record({ kind: fc.constant('mss' as const), octets: uint16 }),
  fc.record({ kind: fc.constant('window-scale' as const), shift: fc.nat(255) }),
  fc.constant({ kind: 'sack-permitted' } as const),
  fc.record({
    kind: fc.constant('sack' as const),
    blocks: fc.array(fc.record({ left: uint32, right: uint32 }), { minLength: 1, maxLength: 4 }),
  }),
  fc.record({ kind: fc.constant('timestamps' as const), value: uint32, echo: uint32 }),
  fc.record({ kind: fc.constant('unknown' as const), number: fc.integer({ min: 9, max: 255 }), data: octets(12) }),
);

/** Options that fit a header, with an end of options where they leave octets over: the form that is read back. */
const tcpOptions: fc.Arbitrary<readonly TcpOption[]> = fc.array(option, { maxLength: 10 }).map((all) => {
  const fitting: TcpOption[] = [];
  for (const each of all) if (tcpHeaderLength([...fitting, each]) <= MAX_TCP_HEADER_OCTETS) fitting.push(each);
  const used = fitting.reduce((sum, each) => sum + optionLength(each), 0);
  return used % 4 === 0 ? fitting : [...fitting, { kind: 'end' as const }];
});

/** Any TCP header; its options fit behind it. */
export const tcpHeader: fc.Arbitrary<TcpHeader> = fc.record({
  sourcePort: uint16,
  destinationPort: uint16,
  sequence: uint32,
  acknowledgment: uint32,
  flags: fc.nat(255),
  window: uint16,
  urgentPointer: uint16,
  options: tcpOptions,
});

/** Any IPv4 header; its options are a multiple of four octets. */
export const ipv4Header: fc.Arbitrary<Ipv4Header> = fc.record({
  source: ipv4Address,
  destination: ipv4Address,
  protocol: fc.nat(255),
  ttl: fc.nat(255),
  identification: uint16,
  dontFragment: fc.boolean(),
  moreFragments: fc.boolean(),
  fragmentOffset: fc.nat(0x1fff).map((eighths) => eighths * 8),
  trafficClass: fc.nat(255),
  options: fc.nat(10).chain((words) => fc.uint8Array({ minLength: words * 4, maxLength: words * 4 })),
});

/** Any IPv6 header without extensions. */
export const ipv6Header: fc.Arbitrary<Ipv6Header> = fc.record({
  source: ipv6Address,
  destination: ipv6Address,
  nextHeader: fc.constantFrom(6, 17, 58, 59, 132),
  hopLimit: fc.nat(255),
  trafficClass: fc.nat(255),
  flowLabel: fc.nat(0xf_ffff),
});
