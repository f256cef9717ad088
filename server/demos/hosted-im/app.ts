/** The app: who runs a hosted service keeps the apps of many customers apart by their keys. Here there is one. */
import { timingSafeEqual } from 'node:crypto';

/** Names the app in every address. */
export const APP_KEY = 'harbour';

/** What the app's own server proves itself with. Public here: it is there to be used. */
export const APP_CREDENTIALS = { clientId: 'harbour-server', clientSecret: 'porthole' } as const;

/** `open`: whoever likes registers; `authorised`: only the app's own server registers users. */
export type Registration = 'open' | 'authorised';

/** Whether these are the one app's; it takes no longer for what is nearly right. */
export function isAppCredentials(clientId: string, clientSecret: string): boolean {
  return isSame(clientId, APP_CREDENTIALS.clientId) && isSame(clientSecret, APP_CREDENTIALS.clientSecret);
}

/** Takes the same time for every wrong text of the right length. */
function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
