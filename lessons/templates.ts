import type { DemoAddress } from '#protocol/demos.ts';
import type { Transport } from '#protocol/wire.ts';

/** `{echo}`: the TCP port of the demo echo; `{echo/udp}`: its UDP port; `{host:echo}`: the host to reach it by. */
const TEMPLATE = /\{(host:)?([a-z0-9-]+)(?:\/(tcp|udp))?\}/g;
const ANYWHERE: ReadonlySet<string> = new Set(['0.0.0.0', '::']);
const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '::1']);

/** A demo that a template names. */
export interface DemoNamed {
  readonly demo: string;
  readonly transport: Transport;
}

/** A template with its ports filled in, or the demos it needs that do not run. */
export type Resolved =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly missing: readonly string[] };

/** The demos that a template names, in order. */
export function demosNamed(template: string): readonly DemoNamed[] {
  return [...template.matchAll(TEMPLATE)].map(([, , demo = '', transport]) => ({
    demo,
    transport: transportOf(transport),
  }));
}

/** The port on which a demo listens now, or `null` when it does not run. */
export function portOf(demos: readonly DemoAddress[], demo: string, transport: Transport = 'tcp'): number | null {
  return demos.find((each) => each.id === demo && each.transport === transport)?.port ?? null;
}

/**
 * Fills in the ports and hosts of the demos that run.
 * @param from the host name of this machine for whoever will type it, e.g. that of the page's address; default `localhost`
 */
export function resolveTemplate(template: string, demos: readonly DemoAddress[], from = 'localhost'): Resolved {
  const missing = demosNamed(template)
    .filter(({ demo, transport }) => portOf(demos, demo, transport) === null)
    .map(({ demo }) => demo);
  if (missing.length > 0) return { ok: false, missing };
  const text = template.replace(TEMPLATE, (_whole, host: string | undefined, demo: string, transport?: string) =>
    host ? hostOf(demos, demo, transportOf(transport), from) : String(portOf(demos, demo, transportOf(transport))),
  );
  return { ok: true, text };
}

function hostOf(demos: readonly DemoAddress[], demo: string, transport: Transport, from: string): string {
  const hosts = demos.filter((each) => each.id === demo && each.transport === transport).map(({ host }) => host);
  if (hosts.some((host) => ANYWHERE.has(host))) return from;
  return hosts.some((host) => LOOPBACK.has(host)) ? 'localhost' : (hosts[0] ?? 'localhost');
}

function transportOf(text: string | undefined): Transport {
  return text === 'udp' ? 'udp' : 'tcp';
}
