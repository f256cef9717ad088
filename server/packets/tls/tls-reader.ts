/** Names the records and handshake messages in one direction of a byte stream, in whatever pieces it comes. */
import { type ClientHello, parseClientHello, parseServerHello, type ServerHello } from './tls-hello.ts';
import {
  parseRecordHeader,
  TLS_RECORD_HEADER_LENGTH,
  type TlsContentType,
  type TlsRecordHeader,
} from './tls-record.ts';

/** Octets of one handshake message that are kept to be read; of a longer one the rest is counted. */
const MAX_HANDSHAKE_KEPT_BYTES = 16 * 1024;

/** Items that are kept; the oldest goes first. */
export const MAX_TLS_ITEMS = 500;

/** `HandshakeType`, RFC 8446 §4 and RFC 5246 §7.4. */
const HANDSHAKES: Readonly<Record<number, string>> = {
  0: 'HelloRequest',
  1: 'ClientHello',
  2: 'ServerHello',
  4: 'NewSessionTicket',
  8: 'EncryptedExtensions',
  11: 'Certificate',
  12: 'ServerKeyExchange',
  13: 'CertificateRequest',
  14: 'ServerHelloDone',
  15: 'CertificateVerify',
  16: 'ClientKeyExchange',
  20: 'Finished',
  22: 'CertificateStatus',
  24: 'KeyUpdate',
};

/** `AlertDescription`, RFC 8446 §6: those that are met. */
const ALERTS: Readonly<Record<number, string>> = {
  0: 'close_notify',
  10: 'unexpected_message',
  20: 'bad_record_mac',
  40: 'handshake_failure',
  42: 'bad_certificate',
  45: 'certificate_expired',
  46: 'certificate_unknown',
  47: 'illegal_parameter',
  48: 'unknown_ca',
  50: 'decode_error',
  51: 'decrypt_error',
  70: 'protocol_version',
  80: 'internal_error',
  112: 'unrecognized_name',
  120: 'no_application_protocol',
};

/** One thing that goes by. `bytes`: what it takes in the stream; positions count from 0. */
export type TlsItem = {
  readonly from: number;
  readonly bytes: number;
} & (
  | { readonly kind: 'client-hello'; readonly hello: ClientHello }
  | { readonly kind: 'server-hello'; readonly hello: ServerHello }
  /** Another message of the handshake, in the clear. */
  | { readonly kind: 'handshake'; readonly name: string }
  | { readonly kind: 'change-cipher-spec' }
  | { readonly kind: 'alert'; readonly fatal: boolean; readonly name: string }
  /** `what`: what the outside of the record says it is; in 1.3 it says application data of everything. */
  | { readonly kind: 'encrypted'; readonly what: Exclude<TlsContentType, 'change-cipher-spec'> }
  /** From here on nothing is read. */
  | { readonly kind: 'not-tls' }
);

/** Reads one direction. */
export class TlsReader {
  readonly items: TlsItem[] = [];
  /** Octets so far. */
  position = 0;
  readonly #header: number[] = [];
  #type: TlsContentType | null = null;
  #recordFrom = 0;
  #recordBytes = 0;
  #left = 0;
  /** The fragment, as far as it has come and is of use. */
  #fragment: number[] = [];
  /** Octets of a handshake message that goes on in the next record. */
  #handshake: number[] = [];
  #handshakeFrom = 0;
  /** What comes after ChangeCipherSpec is encrypted (in 1.3 that record means nothing, and all later ones are too). */
  #encrypted = false;
  #over = false;

  /** Takes the next octets. */
  push(bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.length && !this.#over) {
      at += this.#type === null ? this.#takeHeader(bytes[at] ?? 0) : this.#takeFragment(bytes, at);
    }
    this.position += bytes.length - at;
  }

  /** So many octets were not recorded: inside an encrypted record that is no harm, elsewhere nothing after it is read. */
  skip(count: number): void {
    if (!this.#over && this.#type === 'application-data' && count <= this.#left) {
      this.#left -= count;
      this.position += count;
      if (this.#left === 0) this.#endRecord();
      return;
    }
    if (!this.#over) this.#giveUp();
    this.position += count;
  }

  #takeHeader(octet: number): number {
    if (this.#header.length === 0) this.#recordFrom = this.position;
    this.#header.push(octet);
    this.position += 1;
    if (this.#header.length < TLS_RECORD_HEADER_LENGTH) return 1;
    const header = parseRecordHeader(Uint8Array.from(this.#header.splice(0)));
    if (header) this.#beginRecord(header);
    else this.#giveUp();
    return 1;
  }

  #beginRecord({ type, length }: TlsRecordHeader): void {
    this.#type = type;
    this.#left = length;
    this.#recordBytes = TLS_RECORD_HEADER_LENGTH + length;
    if (length === 0) this.#endRecord();
  }

  #takeFragment(bytes: Uint8Array, at: number): number {
    const count = Math.min(this.#left, bytes.length - at);
    const isRead = !this.#encrypted && this.#type !== 'application-data';
    if (isRead) for (const octet of bytes.subarray(at, at + count)) this.#fragment.push(octet);
    this.#left -= count;
    this.position += count;
    if (this.#left === 0) this.#endRecord();
    return count;
  }

  #endRecord(): void {
    const type = this.#type;
    const fragment = this.#fragment;
    this.#type = null;
    this.#fragment = [];
    const place = { from: this.#recordFrom, bytes: this.#recordBytes };
    if (type === 'change-cipher-spec') {
      this.#add({ ...place, kind: 'change-cipher-spec' });
      this.#encrypted = true;
    } else if (type === null) return;
    else if (this.#encrypted || type === 'application-data') this.#add({ ...place, kind: 'encrypted', what: type });
    else if (type === 'alert') this.#add({ ...place, kind: 'alert', ...alertOf(fragment) });
    else this.#readHandshake(fragment);
  }

  /** A record may hold several messages, and a message may take several records (RFC 8446 §5.1). */
  #readHandshake(fragment: readonly number[]): void {
    if (this.#handshake.length === 0) this.#handshakeFrom = this.#recordFrom;
    for (const octet of fragment) this.#handshake.push(octet);
    for (;;) {
      const [type = 0, high = 0, middle = 0, low = 0] = this.#handshake;
      const length = 4 + ((high << 16) | (middle << 8) | low);
      if (this.#handshake.length < 4 || (this.#handshake.length < length && length <= MAX_HANDSHAKE_KEPT_BYTES)) return;
      if (this.#handshake.length < length) {
        this.#giveUp();
        return;
      }
      const body = Uint8Array.from(this.#handshake.splice(0, length)).subarray(4);
      this.#addHandshake(type, body, { from: this.#handshakeFrom, bytes: length });
      this.#handshakeFrom = this.#recordFrom;
    }
  }

  #addHandshake(type: number, body: Uint8Array, place: { from: number; bytes: number }): void {
    const client = type === 1 ? parseClientHello(body) : null;
    const server = type === 2 ? parseServerHello(body) : null;
    if (client) this.#add({ ...place, kind: 'client-hello', hello: client });
    else if (server) this.#add({ ...place, kind: 'server-hello', hello: server });
    else this.#add({ ...place, kind: 'handshake', name: HANDSHAKES[type] ?? `handshake ${type}` });
  }

  #add(item: TlsItem): void {
    this.items.push(item);
    if (this.items.length > MAX_TLS_ITEMS) this.items.shift();
  }

  #giveUp(): void {
    this.#over = true;
    this.#add({ kind: 'not-tls', from: this.#recordFrom, bytes: 0 });
  }
}

function alertOf([level = 0, description = 0]: readonly number[]): { fatal: boolean; name: string } {
  return { fatal: level === 2, name: ALERTS[description] ?? `alert ${description}` };
}

/** Whether these first octets begin a TLS handshake. */
export function looksLikeTls(bytes: Uint8Array): boolean {
  return bytes.length >= TLS_RECORD_HEADER_LENGTH && parseRecordHeader(bytes)?.type === 'handshake';
}
