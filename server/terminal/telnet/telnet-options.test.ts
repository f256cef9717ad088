import { describe, expect, it } from 'vitest';
import { createTelnetOptions, OPTION_ECHO, OPTION_SUPPRESS_GO_AHEAD } from './telnet-options.ts';

const TERMINAL_TYPE = 24;

describe('telnet options', () => {
  it('are off until the peer asks', () => {
    const options = createTelnetOptions();
    expect([options.peerEchoes, options.characterMode]).toEqual([false, false]);
  });

  it('let the peer echo and suppress go-ahead, and say so once', () => {
    const options = createTelnetOptions();
    expect(options.negotiate('WILL', OPTION_ECHO)).toEqual({ verb: 'DO', option: OPTION_ECHO });
    expect(options.negotiate('WILL', OPTION_ECHO)).toBeNull();
    expect(options.negotiate('WILL', OPTION_SUPPRESS_GO_AHEAD)?.verb).toBe('DO');
    expect([options.peerEchoes, options.characterMode]).toEqual([true, true]);
  });

  it('go off again when the peer says so', () => {
    const options = createTelnetOptions();
    options.negotiate('WILL', OPTION_ECHO);
    expect(options.negotiate('WONT', OPTION_ECHO)?.verb).toBe('DONT');
    expect(options.negotiate('WONT', OPTION_ECHO)).toBeNull();
    expect(options.peerEchoes).toBe(false);
  });

  it('refuse everything else', () => {
    const options = createTelnetOptions();
    expect(options.negotiate('DO', TERMINAL_TYPE)?.verb).toBe('WONT');
    expect(options.negotiate('DO', OPTION_ECHO)?.verb).toBe('WONT');
    expect(options.negotiate('WILL', TERMINAL_TYPE)?.verb).toBe('DONT');
    expect(options.negotiate('DONT', TERMINAL_TYPE)).toBeNull();
  });

  it('suppress our go-ahead when asked', () => {
    const options = createTelnetOptions();
    expect(options.negotiate('DO', OPTION_SUPPRESS_GO_AHEAD)?.verb).toBe('WILL');
    expect(options.negotiate('DO', OPTION_SUPPRESS_GO_AHEAD)).toBeNull();
    expect(options.negotiate('DONT', OPTION_SUPPRESS_GO_AHEAD)?.verb).toBe('WONT');
  });
});
