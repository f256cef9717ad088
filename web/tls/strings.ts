import { defineStrings } from '../i18n/strings.ts';

/** Names of TLS records and messages, as RFC 8446 and RFC 5246 have them, with a word about what they tell. */
export const strings = defineStrings({
  en: {
    helloRetry: 'HelloRetryRequest',
    serverName: 'SNI {{name}}',
    noServerName: 'no SNI',
    protocols: 'ALPN {{names}}',
    alert: 'Alert {{name}}',
    fatal: 'Alert {{name}} (fatal)',
    encrypted: {
      handshake: 'encrypted handshake message',
      alert: 'encrypted alert',
      'application-data': 'encrypted record',
    },
    notTls: 'no TLS from here on',
    more: '{{count}} more',
  },
  'zh-CN': {
    helloRetry: 'HelloRetryRequest',
    serverName: 'SNI {{name}}',
    noServerName: '无 SNI',
    protocols: 'ALPN {{names}}',
    alert: 'Alert {{name}}',
    fatal: 'Alert {{name}}（致命）',
    encrypted: {
      handshake: '加密的握手消息',
      alert: '加密的 Alert',
      'application-data': '加密的记录',
    },
    notTls: '从这里起不是 TLS',
    more: '另有 {{count}} 个',
  },
});
