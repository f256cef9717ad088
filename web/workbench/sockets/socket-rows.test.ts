import { describe, expect, it } from 'vitest';
import type { SocketRow } from '#protocol/wire.ts';
import { aConversation } from '../testing.ts';
import {
  changedRows,
  matchesByEndpoints,
  matchOf,
  meaningOf,
  orderRows,
  pagePorts,
  rowKey,
  rowsOfConversation,
  withoutPorts,
} from './socket-rows.ts';

const server = { address: '127.0.0.1', port: 7_007 };
const client = { address: '127.0.0.1', port: 51_544 };

function row(over: Partial<SocketRow> = {}): SocketRow {
  return {
    transport: 'tcp',
    local: server,
    remote: client,
    state: 'ESTABLISHED',
    receiveQueue: 0,
    sendQueue: 0,
    ...over,
  };
}
const serverEnd = row();
const clientEnd = row({ local: client, remote: server });
const listener = row({ remote: null, state: 'LISTEN' });

describe('socket rows', () => {
  it('finds the conversation of both its ends, and none for a listener', () => {
    const matches = matchesByEndpoints([aConversation({ id: 4 })]);
    expect(matchOf(serverEnd, matches)).toEqual({ conversation: 4, end: 'server' });
    expect(matchOf(clientEnd, matches)).toEqual({ conversation: 4, end: 'client' });
    expect(matchOf(listener, matches)).toBeNull();
    expect(matchOf(row({ transport: 'udp' }), matches)).toBeNull();
  });

  it('takes the newest conversation where a port was used again', () => {
    const both = [aConversation({ id: 9 }), aConversation({ id: 4 })];
    expect(matchOf(serverEnd, matchesByEndpoints(both))?.conversation).toBe(9);
    expect(matchOf(serverEnd, matchesByEndpoints([...both].reverse()))?.conversation).toBe(9);
  });

  it('leaves out what belongs to Porthole’s own page', () => {
    const page = aConversation({ demo: 'page', server: { address: '::1', port: 7_070 } });
    const own = row({ local: { address: '::1', port: 50_001 }, remote: { address: '::1', port: 7_070 } });
    const ownListener = row({ local: { address: '::1', port: 7_070 }, remote: null, state: 'LISTEN' });
    const ports = pagePorts([page, aConversation()]);
    expect(withoutPorts([own, serverEnd, ownListener, listener], ports)).toEqual([serverEnd, listener]);
  });

  it('finds both rows of a conversation', () => {
    expect(rowsOfConversation([listener, clientEnd, serverEnd], aConversation())).toEqual({
      client: clientEnd,
      server: serverEnd,
    });
    expect(rowsOfConversation([listener], aConversation())).toEqual({ client: null, server: null });
  });

  it('marks new and changed rows, and none at the first poll', () => {
    expect([...changedRows(null, [serverEnd])]).toEqual([]);
    expect([...changedRows([serverEnd], [serverEnd, clientEnd])]).toEqual([rowKey(clientEnd)]);
    expect([...changedRows([serverEnd], [row({ state: 'CLOSE-WAIT' })])]).toEqual([rowKey(serverEnd)]);
    expect([...changedRows([serverEnd], [row({ receiveQueue: 5 })])]).toEqual([rowKey(serverEnd)]);
  });

  it('puts the newest conversation first, its two ends together, and listeners last', () => {
    const otherClient = { address: '127.0.0.1', port: 60_000 };
    const newer = aConversation({ id: 9, client: otherClient });
    const matches = matchesByEndpoints([aConversation({ id: 4 }), newer]);
    const newerServerEnd = row({ remote: otherClient });
    const ordered = orderRows([serverEnd, listener, newerServerEnd, clientEnd], matches, new Set([7_007]));
    expect(ordered.map(rowKey)).toEqual([newerServerEnd, clientEnd, serverEnd, listener].map(rowKey));
  });
});

describe('meaningOf', () => {
  it('does not call a UDP socket open that has only fixed its peer', () => {
    expect(meaningOf(row())).toBe('ESTABLISHED');
    expect(meaningOf(row({ transport: 'udp' }))).toBe('udpConnected');
    expect(meaningOf(row({ transport: 'udp', remote: null, state: 'UNCONN' }))).toBe('UNCONN');
  });
});
