import { describe, expect, it } from 'vitest';
import type { WireEvent } from '#protocol/wire.ts';
import { maskSecrets } from './mask-secrets.ts';
import { aRecording, carrying } from './testing.ts';

/** What is left of these payloads, to the server unless said. */
function masked(...said: readonly (string | readonly [WireEvent['direction'], string])[]) {
  const events = said.map((each, at) => {
    const [direction, text] = typeof each === 'string' ? (['to-server', each] as const) : each;
    return carrying(at + 1, text, { direction });
  });
  const { recording, secrets } = maskSecrets(aRecording({ events }));
  return { secrets, texts: recording.events.map(({ payload }) => new TextDecoder().decode(payload)), recording };
}

describe('what is masked', () => {
  it.each([
    ['Authorization: Basic YWxpY2U6cG9ydA==\r\n', 'Authorization: Basic ****************\r\n'],
    ['Cookie: session=abc123\r\nHost: x\r\n', 'Cookie: **************\r\nHost: x\r\n'],
    ['user=alice&password=hunter22&x=1', 'user=alice&password=********&x=1'],
    ['{"from":"alice","password":"hunter22"}', '{"from":"alice","password":"********"}'],
    ['USER alice\r\nPASS hunter22\r\n', 'USER alice\r\nPASS ********\r\n'],
    ['/login alice hunter22\r\nhi\r\n', '/login alice ********\r\nhi\r\n'],
    ["<auth xmlns='urn:x' mechanism='PLAIN'>AGFsaWNl</auth>", "<auth xmlns='urn:x' mechanism='PLAIN'>********</auth>"],
  ])('%j', (said, left) => {
    expect(masked(said)).toMatchObject({ texts: [left], secrets: 1 });
  });

  it('is found where it was cut into several reads', () => {
    expect(masked('passw', 'ord=hun', 'ter22 rest').texts).toEqual(['passw', 'ord=***', '***** rest']);
  });

  it('is masked where it was sent back, too', () => {
    expect(masked('password=hunter22', ['to-client', 'you said hunter22']).texts).toEqual([
      'password=********',
      'you said ********',
    ]);
  });

  it('is the line after a prompt for it', () => {
    const { texts, secrets } = masked(
      ['to-client', 'login: '],
      'alice\r\n',
      ['to-client', 'Password: '],
      'hunter22\r\n',
    );
    expect([texts, secrets]).toEqual([['login: ', 'alice\r\n', 'Password: ', '********\r\n'], 1]);
  });

  it('leaves lengths, previews and everything else as they were', () => {
    const { recording } = masked('password=hunter22');
    const [event] = recording.events;
    expect(event?.event).toMatchObject({ recorded: 17, length: 17 });
    expect(atob(event?.event.preview ?? '')).toBe('password=********');
  });
});

describe('what is not', () => {
  it.each(['hello\n', 'I forgot my password', 'compass rose', 'passing by'])('%j', (said) => {
    expect(masked(said)).toMatchObject({ texts: [said], secrets: 0 });
  });
});
