import type { TFunction } from 'i18next';
import type { TlsItem } from '#packets/tls/tls-reader.ts';
import { tlsVersionName } from '#packets/tls/tls-record.ts';

/** The words of this room in the present language. */
export type TlsWords = TFunction<'tls'>;

/** Things named in one event; more are counted. */
const MAX_NAMED = 4;

/** Says what began in one event: `ClientHello (TLS 1.3; SNI localhost; ALPN h2, http/1.1)`. */
export function tlsNote(t: TlsWords, items: readonly TlsItem[]): string {
  const names = merged(items.map((item) => itemName(t, item)));
  const shown = names.slice(0, MAX_NAMED);
  const more = names.length - shown.length;
  return [...shown, ...(more > 0 ? [t('more', { count: more })] : [])].join(' + ');
}

/** The same name again and again is said once, with its number. */
function merged(names: readonly string[]): string[] {
  const counted: { name: string; count: number }[] = [];
  for (const name of names) {
    const last = counted.at(-1);
    if (last?.name === name) last.count += 1;
    else counted.push({ name, count: 1 });
  }
  return counted.map(({ name, count }) => (count > 1 ? `${count} × ${name}` : name));
}

function itemName(t: TlsWords, item: TlsItem): string {
  switch (item.kind) {
    case 'client-hello': {
      const { versions, serverName, protocols } = item.hello;
      const facts = [versions.map(tlsVersionName).join(', ')];
      facts.push(serverName === null ? t('noServerName') : t('serverName', { name: serverName }));
      if (protocols.length > 0) facts.push(t('protocols', { names: protocols.join(', ') }));
      return `ClientHello (${facts.join('; ')})`;
    }
    case 'server-hello': {
      const { version, retry, protocol } = item.hello;
      if (retry) return t('helloRetry');
      const chosen = protocol === null ? '' : `; ${t('protocols', { names: protocol })}`;
      return `ServerHello (${tlsVersionName(version)}${chosen})`;
    }
    case 'handshake':
      return item.name;
    case 'change-cipher-spec':
      return 'ChangeCipherSpec';
    case 'alert':
      return t(item.fatal ? 'fatal' : 'alert', { name: item.name });
    case 'encrypted':
      return t(`encrypted.${item.what}`);
    case 'not-tls':
      return t('notTls');
    default:
      return item satisfies never;
  }
}
