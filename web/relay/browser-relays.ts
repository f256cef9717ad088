import { createRelayClient } from './relay-client.ts';
import { createRelayDesk, type RelayDesk } from './relay-store.ts';

let desk: RelayDesk | null = null;

/** The relays of this page's server, made when they are first asked for. */
export function browserRelays(): RelayDesk {
  desk ??= createRelayDesk(
    createRelayClient((path, init) => window.fetch(path, init)),
    (ms, run) => {
      // A hidden tab does not ask.
      const timer = setInterval(() => document.hidden || run(), ms);
      return () => clearInterval(timer);
    },
  );
  return desk;
}
