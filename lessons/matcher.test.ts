import { describe, expect, it } from 'vitest';
import {
  all,
  any,
  atOnce,
  closed,
  data,
  failed,
  halfClosed,
  inOne,
  inOrder,
  isSeenOnlyByOurClient,
  not,
  opened,
  reset,
  wentAway,
} from './checks.ts';
import { MAX_COMPARED_CONVERSATIONS } from './in-one.ts';
import { factsOf, MAX_MATCH_CONVERSATIONS } from './match.ts';
import { matchOf } from './testing/match-of.ts';
import type { WireScript } from './testing/wire-script.ts';

describe('opened', () => {
  it('is satisfied by a connection to the demo, and says who called', () => {
    const match = matchOf(opened({ demo: 'echo' }), (wire) => wire.open('echo'));
    expect(match && factsOf(match)).toMatchObject({
      client: '127.0.0.1:50001',
      server: '127.0.0.1:41007',
      demo: 'echo',
    });
  });

  it('is not satisfied by another demo, another transport, or what happened before', () => {
    expect(matchOf(opened({ demo: 'echo' }), (wire) => wire.open('daytime'))).toBeNull();
    expect(
      matchOf(opened({ demo: 'echo', transport: 'tcp' }), (wire) => wire.open('echo', { transport: 'udp' })),
    ).toBeNull();
    expect(
      matchOf(
        opened({ demo: 'echo' }),
        () => {},
        (wire) => wire.open('echo'),
      ),
    ).toBeNull();
  });

  it('finds a near miss with otherThan, and never the page’s own conversations', () => {
    const another = opened({ otherThan: 'echo' });
    expect(matchOf(another, (wire) => wire.open('chat-lines'))).not.toBeNull();
    expect(matchOf(another, (wire) => wire.open('echo'))).toBeNull();
    expect(matchOf(another, (wire) => wire.open('page'))).toBeNull();
    expect(matchOf(opened(), (wire) => wire.open('page'))).toBeNull();
  });

  it('keeps the latest of several', () => {
    const match = matchOf(opened({ demo: 'echo' }), (wire) => {
      wire.open('echo');
      wire.open('echo');
    });
    expect(match?.conversations.map(({ id }) => id)).toEqual([2]);
  });
});

describe('closed, half-closed and reset', () => {
  it('say who was first', () => {
    const end = (by: 'client' | 'server') => (wire: WireScript) => wire.close(wire.open(), by);
    expect(matchOf(closed({ by: 'client' }), end('client'))).not.toBeNull();
    expect(matchOf(closed({ by: 'client' }), end('server'))).toBeNull();
    expect(matchOf(closed({ by: 'server' }), end('server'))).not.toBeNull();
    expect(matchOf(closed(), end('server'))).not.toBeNull();
  });

  it('remember a FIN from before the check began', () => {
    let id = 0;
    const match = matchOf(
      closed({ by: 'client' }),
      (wire) => {
        wire.finish(id, 'server');
        wire.add(id, 'closed');
      },
      (wire) => {
        id = wire.open();
        wire.finish(id, 'client');
      },
    );
    expect(match).not.toBeNull();
  });

  it('say nothing of a client that was gone before its address could be read', () => {
    const match = matchOf(reset(), (wire) => {
      wire.reset(wire.open('echo', { client: { address: '', port: 0 } }));
    });
    const facts = match && factsOf(match);
    expect(facts).toMatchObject({ server: '127.0.0.1:41007' });
    expect(facts).not.toHaveProperty('client');
    expect(facts).not.toHaveProperty('client-port');
  });

  it('are told apart', () => {
    const cutOff = (wire: WireScript) => wire.reset(wire.open(), 'client');
    expect(matchOf(closed(), cutOff)).toBeNull();
    expect(matchOf(reset({ by: 'client' }), cutOff)).not.toBeNull();
    expect(matchOf(reset({ by: 'server' }), cutOff)).toBeNull();
    expect(matchOf(halfClosed({ by: 'server' }), (wire) => wire.finish(wire.open(), 'server'))).not.toBeNull();
    expect(matchOf(halfClosed({ by: 'server' }), (wire) => wire.finish(wire.open(), 'client'))).toBeNull();
  });
});

describe('failed', () => {
  it('is satisfied by a refusal, and says its code', () => {
    const match = matchOf(failed({ code: 'ECONNREFUSED' }), (wire) => wire.fail());
    expect(match && factsOf(match)).toMatchObject({ code: 'ECONNREFUSED', server: '127.0.0.1:1', terminal: '1' });
    expect(matchOf(failed({ code: 'ECONNREFUSED' }), (wire) => wire.fail('ETIMEDOUT'))).toBeNull();
  });

  it('can be seen by our own client only', () => {
    expect(isSeenOnlyByOurClient(failed(), true)).toBe(true);
    expect(isSeenOnlyByOurClient(all(opened(), failed()), true)).toBe(true);
    expect(isSeenOnlyByOurClient(inOrder(opened(), failed()), true)).toBe(true);
    expect(isSeenOnlyByOurClient(any(opened(), failed()), true)).toBe(false);
    expect(isSeenOnlyByOurClient(not(failed()), true)).toBe(false);
  });
});

describe('at once', () => {
  const two = atOnce({ demo: 'echo', conversations: 2 });

  it('holds while so many are open, and no longer', () => {
    const open = (wire: WireScript) => [wire.open(), wire.open()];
    expect(matchOf(two, open)?.conversations).toHaveLength(2);
    expect(matchOf(two, (wire) => wire.close(open(wire)[0] ?? 0))).toBeNull();
    expect(matchOf(two, (wire) => wire.reset(open(wire)[0] ?? 0))).toBeNull();
    expect(matchOf(two, (wire) => [wire.open('echo'), wire.open('daytime')])).toBeNull();
  });

  it('counts what was open before it began', () => {
    expect(
      matchOf(
        two,
        (wire) => wire.open(),
        (wire) => wire.open(),
      ),
    ).not.toBeNull();
    expect(
      matchOf(
        two,
        () => {},
        (wire) => [wire.open(), wire.open()],
      ),
    ).not.toBeNull();
  });

  it('knows which of the four numbers differ', () => {
    const differing = (
      differ: Parameters<typeof atOnce>[0]['differ'] & {},
      second: Parameters<WireScript['open']>[1],
    ) => matchOf(atOnce({ conversations: 2, differ }), (wire) => [wire.open(), wire.open('echo', second)]);
    expect(differing(['client-port'], {})).not.toBeNull();
    expect(differing(['server-port'], {})).toBeNull();
    const overIpv6 = { client: { address: '::1', port: 9 }, server: { address: '::1', port: 41_007 } };
    expect(differing(['client-port'], overIpv6)).toBeNull();
    expect(differing(['client-address', 'client-port', 'server-address'], overIpv6)).not.toBeNull();
  });

  it('names no more conversations than its bound', () => {
    const match = matchOf(atOnce({ conversations: 1 }), (wire) => {
      for (let count = 0; count < MAX_MATCH_CONVERSATIONS + 3; count += 1) wire.open();
    });
    expect(match?.conversations).toHaveLength(MAX_MATCH_CONVERSATIONS);
  });
});

describe('combinations', () => {
  const one = atOnce({ demo: 'echo', conversations: 1 });

  it('went away needs it to have been there, when the check began or later', () => {
    expect(matchOf(wentAway(one), (wire) => wire.open('daytime'))).toBeNull();
    expect(matchOf(wentAway(one), (wire) => wire.close(wire.open()))).not.toBeNull();
    let id = 0;
    const before = (wire: WireScript) => {
      id = wire.open();
    };
    expect(matchOf(wentAway(one), (wire) => wire.close(id), before)).not.toBeNull();
    expect(matchOf(wentAway(one), (wire) => wire.say(id, 'still here'), before)).toBeNull();
  });

  it('all needs every one, any needs one', () => {
    const both = all(opened({ demo: 'echo' }), opened({ demo: 'daytime' }));
    const either = any(opened({ demo: 'echo' }), opened({ demo: 'daytime' }));
    expect(matchOf(both, (wire) => wire.open('echo'))).toBeNull();
    expect(matchOf(either, (wire) => wire.open('daytime'))).not.toBeNull();
    expect(matchOf(both, (wire) => [wire.open('daytime'), wire.open('echo')])?.conversations).toHaveLength(2);
  });

  it('in one needs every one in the same conversation, whatever happens in others', () => {
    const both = inOne(data({ text: 'ping' }), data({ text: 'pong' }));
    expect(
      matchOf(both, (wire) => {
        wire.say(wire.open(), 'ping');
        wire.say(wire.open(), 'pong');
      }),
    ).toBeNull();
    const match = matchOf(both, (wire) => {
      const [first, second] = [wire.open(), wire.open()];
      wire.say(second, 'pi');
      wire.say(first, 'ping');
      wire.say(second, 'ng');
      wire.answer(second, 'pong');
    });
    expect(match && factsOf(match)).toMatchObject({ client: '127.0.0.1:50002', text: 'pong' });
  });

  it('in one denies only what the same conversation has', () => {
    const silent = inOne(opened(), closed(), not(data()));
    const talks = (wire: WireScript) => {
      const id = wire.open();
      wire.say(id, 'hello');
      wire.close(id);
    };
    expect(matchOf(silent, talks)).toBeNull();
    const match = matchOf(silent, (wire) => {
      talks(wire);
      wire.close(wire.open());
    });
    expect(match?.conversations.map(({ id }) => id)).toEqual([2]);
  });

  it('in one lets the conversation go that was quiet longest', () => {
    const match = matchOf(inOne(data({ text: 'a' }), data({ text: 'b' })), (wire) => {
      const first = wire.open();
      wire.say(first, 'a');
      for (let at = 0; at < MAX_COMPARED_CONVERSATIONS; at += 1) wire.open();
      wire.say(first, 'b');
    });
    expect(match).toBeNull();
  });

  it('not turns with what it denies', () => {
    const quiet = all(one, not(data({ demo: 'echo', direction: 'to-server' })));
    expect(matchOf(quiet, (wire) => wire.open())).not.toBeNull();
    expect(matchOf(quiet, (wire) => wire.say(wire.open(), 'x'))).toBeNull();
    expect(matchOf(quiet, () => {})).toBeNull();
  });

  it('then wants the second after the first', () => {
    const ordered = inOrder(opened({ demo: 'echo' }), opened({ demo: 'daytime' }));
    expect(matchOf(ordered, (wire) => [wire.open('echo'), wire.open('daytime')])).not.toBeNull();
    expect(matchOf(ordered, (wire) => [wire.open('daytime'), wire.open('echo')])).toBeNull();
    const again = inOrder(opened({ demo: 'echo' }), opened({ demo: 'echo' }));
    expect(matchOf(again, (wire) => wire.open('echo'))).toBeNull();
  });
});

it('a check is plain JSON', () => {
  const check = inOrder(all(opened({ demo: 'echo' }), not(failed())), wentAway(atOnce({ conversations: 1 })));
  expect(JSON.parse(JSON.stringify(check))).toEqual(check);
});
