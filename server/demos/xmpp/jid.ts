/** Addresses of XMPP: `local@domain/resource`. https://www.rfc-editor.org/rfc/rfc7622 */

/** Octets that each part may have (RFC 7622 §3.2 to §3.4). */
export const MAX_JID_PART_BYTES = 1_023;

/** Characters that the part before the `@` may not have (RFC 7622 §3.3.1), space and what is no letter for any script. */
const NOT_IN_LOCAL = /["&'/:<>@\p{Z}\p{C}\p{Default_Ignorable_Code_Point}]/u;

/** A resource may have spaces, though no control characters (OpaqueString, RFC 8265 §4.2). */
const NOT_IN_RESOURCE = /[\p{Cc}\p{Cs}\p{Cn}]/u;

/** Labels of a domain, or an address in brackets. */
const DOMAIN = /^(?:[\p{L}\p{N}\p{M}](?:[\p{L}\p{N}\p{M}_-]*[\p{L}\p{N}\p{M}])?(?:\.|$))+$|^\[[0-9a-f:.]+\]$/u;

/** Full-width and half-width forms, which RFC 8265 §3.3 maps to the ordinary ones. */
const WIDTH_FORMS = /[\uff01-\uffef\u3000]/gu;

/** Addresses that are remembered as they were read. */
const MAX_RECENT = 2_000;

/** A prepared address. Two are the same exactly when their texts are. */
export class Jid {
  /** '' for a server or a room service. */
  readonly local: string;
  readonly domain: string;
  /** '' for a bare address. */
  readonly resource: string;
  /** Without resource, as text. */
  readonly bare: string;

  private constructor(local: string, domain: string, resource: string) {
    this.local = local;
    this.domain = domain;
    this.resource = resource;
    this.bare = local === '' ? domain : `${local}@${domain}`;
  }

  /** Reads an address; `null` when it is none. */
  static parse(text: string): Jid | null {
    const cached = recent.get(text);
    if (cached !== undefined) return cached;
    const jid = parse(text);
    if (recent.size >= MAX_RECENT) recent.clear();
    recent.set(text, jid);
    return jid;

    function parse(from: string): Jid | null {
      const slash = from.indexOf('/');
      const rest = slash < 0 ? from : from.slice(0, slash);
      const at = rest.indexOf('@');
      const local = at < 0 ? '' : prepareLocal(rest.slice(0, at));
      const domain = prepareDomain(rest.slice(at + 1));
      const resource = slash < 0 ? '' : prepareResource(from.slice(slash + 1));
      return local === null || domain === null || resource === null ? null : new Jid(local, domain, resource);
    }
  }

  /** Puts an address together of parts that are prepared. */
  static of(local: string, domain: string, resource = ''): Jid {
    return new Jid(local, domain, resource);
  }

  get isBare(): boolean {
    return this.resource === '';
  }

  /** The same address without its resource. */
  toBare(): Jid {
    return this.isBare ? this : new Jid(this.local, this.domain, '');
  }

  /** The same account or room at another resource. */
  at(resource: string): Jid {
    return new Jid(this.local, this.domain, resource);
  }

  toString(): string {
    return this.isBare ? this.bare : `${this.bare}/${this.resource}`;
  }
}

/** Addresses that were read lately; a conversation repeats its two all the time. */
const recent = new Map<string, Jid | null>();

/** A user name as it is compared: composed, in lower case (UsernameCaseMapped, RFC 8265 §3.3). `null`: not allowed. */
function prepareLocal(text: string): string | null {
  const local = text
    .replace(WIDTH_FORMS, (form) => form.normalize('NFKC'))
    .toLowerCase()
    .normalize('NFC');
  return fits(local) && !NOT_IN_LOCAL.test(local) ? local : null;
}

/** A resource as it is compared (OpaqueString): spaces become ordinary ones, nothing is lower-cased. `null`: not allowed. */
export function prepareResource(text: string): string | null {
  const resource = text.replace(/\p{Zs}/gu, ' ').normalize('NFC');
  return fits(resource) && !NOT_IN_RESOURCE.test(resource) ? resource : null;
}

function prepareDomain(text: string): string | null {
  const domain = text.replace(/\.$/, '').toLowerCase().normalize('NFC');
  return fits(domain) && DOMAIN.test(domain) ? domain : null;
}

function fits(part: string): boolean {
  return part !== '' && part.length <= MAX_JID_PART_BYTES && Buffer.byteLength(part) <= MAX_JID_PART_BYTES;
}
