/** ICMP types and codes by the names that scripts use; RFC 792, RFC 1122 §3.2.2.1, RFC 1812 §5.2.7. */
import type { Cursor } from './cursor.ts';

const TYPES: Readonly<Record<string, number>> = {
  echo_reply: 0,
  unreachable: 3,
  source_quench: 4,
  redirect: 5,
  echo_request: 8,
  time_exceeded: 11,
  parameter_problem: 12,
  timestamp_request: 13,
  timestamp_reply: 14,
  information_request: 15,
  information_reply: 16,
  address_mask_request: 17,
  address_mask_reply: 18,
};

const UNREACHABLE_CODES: Readonly<Record<string, number>> = {
  net_unreachable: 0,
  host_unreachable: 1,
  protocol_unreachable: 2,
  port_unreachable: 3,
  frag_needed: 4,
  source_route_failed: 5,
  net_unknown: 6,
  host_unknown: 7,
  source_host_isolated: 8,
  net_prohibited: 9,
  host_prohibited: 10,
  net_unreachable_for_tos: 11,
  host_unreachable_for_tos: 12,
  packet_filtered: 13,
  precedence_violation: 14,
  precedence_cutoff: 15,
};

const CODES: Readonly<Record<number, Readonly<Record<string, number>>>> = {
  3: UNREACHABLE_CODES,
  5: { net: 0, host: 1, tos_net: 2, tos_host: 3 },
  11: { ttl_exceeded_in_transit: 0, ttl_exceeded: 0, exc_ttl: 0, frag_reass_exceeded: 1, exc_fragtime: 1 },
};

const NUMBERED = { type: /^type_(\d{1,3})$/, code: /^code_(\d{1,3})$/ };

/** Reads a type, and a code where one stands. */
export function parseIcmpType(cursor: Cursor): { readonly type: number; readonly code: number } {
  const type = TYPES[cursor.peek().text] ?? numbered(cursor, 'type');
  if (type === null) return cursor.fail('an ICMP type, like unreachable or type_3');
  cursor.next();
  if (!cursor.isKind('word') || cursor.is('mtu') || cursor.is('id')) return { type, code: 0 };
  const code = CODES[type]?.[cursor.peek().text] ?? numbered(cursor, 'code');
  if (code === null) return cursor.fail(`a code of ICMP type ${type}, like code_0`);
  cursor.next();
  return { type, code };
}

function numbered(cursor: Cursor, what: 'type' | 'code'): number | null {
  const found = NUMBERED[what].exec(cursor.peek().text)?.[1];
  const value = Number(found);
  return found === undefined || value > 0xff ? null : value;
}

/** The name of a type and code, as scripts write it. */
export function icmpText(type: number, code: number): string {
  const typeName = Object.keys(TYPES).find((name) => TYPES[name] === type) ?? `type_${type}`;
  const codes = CODES[type] ?? {};
  return `${typeName} ${Object.keys(codes).find((name) => codes[name] === code) ?? `code_${code}`}`;
}
