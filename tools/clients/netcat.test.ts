import { describe, expect, it } from 'vitest';
import { netcatKindOf } from './netcat.js';

describe('netcatKindOf', () => {
  it.each([
    ['openbsd', 'OpenBSD netcat (Debian patchlevel 1.219-1)\nusage: nc [-46CDdFhklNnrStUuvZz] [-I length]'],
    ['traditional', '[v1.10-47]\nconnect to somewhere:\tnc [-options] hostname port[s] [ports] ...'],
    ['ncat', 'Ncat 7.93 ( https://nmap.org/ncat )\nUsage: ncat [options] [hostname] [port]'],
    ['apple', 'usage: nc [-46AacCDdEFhklMnOortUuvz] [-K tc] [-b boundif] [-i interval]'],
    ['busybox', 'BusyBox v1.36.1 (2023-05-18) multi-call binary.\n\nUsage: nc [OPTIONS] HOST PORT'],
    ['gnu', 'GNU netcat 0.7.1, a rewrite of the famous networking tool.'],
    ['unknown', 'Something else'],
  ])('tells %s by its help text', (kind, help) => {
    expect(netcatKindOf(help)).toBe(kind);
  });
});
