import { readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unusedExports } from './rules/exports.ts';
import { unusedPackages } from './rules/packages.ts';
import { longFiles, longFunctions } from './rules/size.ts';
import { sourceFiles } from './rules/source-files.ts';
import { runCommand } from './run/command.js';
import { inRepository, SCRIPTS } from './run/repository.js';

/** What the rules are read from: the repository's own configuration. */
const CONFIGURATION = [
  'package.json',
  'biome.json',
  '.gitignore',
  'tsconfig.base.json',
  'server/protocol/tsconfig.json',
  'server/packets/tsconfig.json',
  'server/tsconfig.json',
  'lessons/tsconfig.json',
  'web/lab/stack/tsconfig.json',
  'web/lab/net/tsconfig.json',
  'web/tsconfig.json',
];

/** Files of the scratch house that the cases below import. */
const ROOMS = [
  'server/protocol/wire.ts',
  'server/protocol/limits.ts',
  'server/packets/tcp.ts',
  'server/demos/demo.ts',
  'server/demos/web-server.ts',
  'server/demos/echo/reply.ts',
  'server/demos/discard/discard.ts',
  'server/chat/room.ts',
  'server/check/checks.ts',
  'server/wire/journal.ts',
  'server/gateway/gateway.ts',
  'server/testing/playground.ts',
  'lessons/schema.ts',
  'lessons/01-sockets/lesson.ts',
  'web/session/selection.ts',
  'web/testing/open-page.ts',
  'web/lab/stack/stack.ts',
  'web/lab/net/wire.ts',
];

/** [importing file, what it imports] */
type Import = readonly [file: string, specifier: string];

const REFUSED_BY_COMPILER: readonly Import[] = [
  ['server/protocol/uses-node.ts', 'node:net'],
  ['server/protocol/uses-wire.ts', '../wire/journal.ts'],
  ['server/packets/uses-node.ts', 'node:buffer'],
  ['server/packets/uses-protocol.ts', '../protocol/wire.ts'],
  ['server/wire/uses-lesson.ts', '#lessons/schema.ts'],
  ['server/wire/uses-web.ts', '../../web/session/selection.ts'],
  ['lessons/uses-server.ts', '../server/wire/journal.ts'],
  ['lessons/uses-web.ts', '../web/session/selection.ts'],
  ['lessons/uses-node.ts', 'node:fs'],
  ['web/session/uses-server.ts', '../../server/wire/journal.ts'],
  ['web/session/uses-demo.ts', '../../server/demos/demo.ts'],
  ['web/session/uses-node.ts', 'node:fs'],
  ['web/session/uses-test-helper.ts', '../testing/open-page.ts'],
  ['web/lab/stack/uses-net.ts', '../net/wire.ts'],
  ['web/lab/stack/uses-node.ts', 'node:net'],
  ['web/lab/stack/uses-session.ts', '../../session/selection.ts'],
  ['web/lab/net/uses-session.ts', '../../session/selection.ts'],
];

const REFUSED_BY_LINTER: readonly Import[] = [
  ['server/demos/echo/uses-sibling.ts', '../discard/discard.ts'],
  ['server/demos/echo/deep/uses-sibling.ts', '../../discard/discard.ts'],
  ['server/demos/echo/uses-wire.ts', '../../wire/journal.ts'],
  ['server/demos/uses-demo.ts', './echo/reply.ts'],
  ['server/gateway/uses-demo.ts', '../demos/echo/reply.ts'],
  ['server/gateway/uses-wire.ts', '../wire/journal.ts'],
  ['server/gateway/deep/uses-wire.ts', '../../wire/journal.ts'],
  ['server/wire/uses-gateway.ts', '../gateway/gateway.ts'],
  ['server/wire/uses-lesson.ts', '#lessons/schema.ts'],
  ['server/chat/uses-demo.ts', '../demos/echo/reply.ts'],
  ['server/check/uses-wire.ts', '../wire/journal.ts'],
  ['server/check/challenges/uses-chat.ts', '../../chat/room.ts'],
  ['server/gateway/uses-check.ts', '../check/checks.ts'],
  ['server/config.ts', './demos/echo/reply.ts'],
  ['server/protocol/uses-package.ts', 'zustand/vanilla'],
  ['server/protocol/uses-node.ts', 'node:net'],
  ['server/protocol/uses-wire.ts', '../wire/journal.ts'],
  ['lessons/01-sockets/uses-lesson.ts', '../02-addresses/lesson.ts'],
  ['lessons/01-sockets/uses-server.ts', '../../server/protocol/wire.ts'],
  ['web/session/uses-server.ts', '../../server/wire/journal.ts'],
  ['web/session/uses-test-helper.ts', '../testing/open-page.ts'],
  ['server/packets/uses-package.ts', 'zustand/vanilla'],
  ['server/packets/uses-protocol.ts', '#protocol/wire.ts'],
  ['web/lab/stack/uses-net.ts', '../net/wire.ts'],
  ['web/lab/stack/uses-protocol.ts', '#protocol/wire.ts'],
  ['web/lab/stack/uses-package.ts', 'zustand/vanilla'],
  ['web/lab/net/uses-session.ts', '../../session/selection.ts'],
  ['web/lab/net/programs/uses-session.ts', '../../../session/selection.ts'],
];

const ALLOWED: readonly Import[] = [
  ['server/protocol/uses-own.ts', './limits.ts'],
  ['server/protocol/uses-zod.ts', 'zod/mini'],
  ['server/demos/echo/echo.ts', '../demo.ts'],
  ['server/demos/echo/uses-web-server.ts', '../web-server.ts'],
  ['server/demos/echo/uses-own.ts', './reply.ts'],
  ['server/demos/echo/uses-chat.ts', '../../chat/room.ts'],
  ['server/demos/echo/uses-node.ts', 'node:stream'],
  ['server/demos/echo/deep/uses-own.ts', '../reply.ts'],
  ['server/wire/uses-protocol.ts', '#protocol/wire.ts'],
  ['server/wire/uses-contract.ts', '../demos/demo.ts'],
  ['server/gateway/uses-web-server.ts', '../demos/web-server.ts'],
  ['server/playground.ts', './demos/echo/echo.ts'],
  ['server/check/challenges/uses-own.ts', '../checks.ts'],
  ['server/check/uses-protocol.ts', '#protocol/wire.ts'],
  ['server/testing/uses-wire.ts', '../wire/journal.ts'],
  ['lessons/01-sockets/uses-language.ts', '../schema.ts'],
  ['lessons/uses-protocol.ts', '#protocol/wire.ts'],
  ['web/session/uses-protocol.ts', '#protocol/wire.ts'],
  ['web/session/uses-lesson.ts', '#lessons/01-sockets/lesson.ts'],
  ['web/workbench/uses-session.ts', '../session/selection.ts'],
  ['server/packets/uses-own.ts', './tcp.ts'],
  ['server/wire/uses-packets.ts', '#packets/tcp.ts'],
  ['web/workbench/uses-packets.ts', '#packets/tcp.ts'],
  ['web/lab/stack/uses-packets.ts', '#packets/tcp.ts'],
  ['web/lab/net/uses-stack.ts', '../stack/stack.ts'],
  ['web/lab/net/programs/uses-stack.ts', '../../stack/stack.ts'],
  ['web/lab/net/programs/uses-net.ts', '../wire.ts'],
];

/** A scratch copy of the house: our real configuration, and files that hold nothing but one import each. */
async function buildScratchHouse(): Promise<string> {
  const house = await mkdtemp(join(tmpdir(), 'porthole-rules-'));
  await Promise.all(CONFIGURATION.map((file) => cp(inRepository(file), join(house, file))));
  await symlink(inRepository('node_modules'), join(house, 'node_modules'), 'junction');
  const write = async (file: string, text: string) => {
    await mkdir(dirname(join(house, file)), { recursive: true });
    await writeFile(join(house, file), text);
  };
  const cases = [...REFUSED_BY_COMPILER, ...REFUSED_BY_LINTER, ...ALLOWED];
  await Promise.all(ROOMS.map((file) => write(file, 'export const value = 1;\n')));
  await Promise.all(
    cases.map(([file, specifier]) =>
      write(file, `import * as it from '${specifier}';\n\nexport const used = typeof it;\n`),
    ),
  );
  const references = [
    './server/protocol',
    './server/packets',
    './server',
    './lessons',
    './web/lab/stack',
    './web/lab/net',
    './web',
  ].map((path) => ({ path }));
  await write('tsconfig.json', JSON.stringify({ files: [], references }));
  return house;
}

/** Files that a tool complains about, with forward slashes. */
function filesNamed(output: string, pattern: RegExp): ReadonlySet<string> {
  return new Set([...output.matchAll(pattern)].map(([, file]) => (file ?? '').replaceAll('\\', '/')));
}

describe('the folder rules', () => {
  let house = '';
  let compilerRefuses: ReadonlySet<string> = new Set();
  let linterRefuses: ReadonlySet<string> = new Set();

  beforeAll(async () => {
    house = await buildScratchHouse();
    const [types, lint] = await Promise.all([
      runCommand(process.execPath, [SCRIPTS.tsc, '-b', '--pretty', 'false'], { cwd: house }),
      runCommand(process.execPath, [SCRIPTS.biome, 'lint', '--max-diagnostics=500', '--reporter=github', '.'], {
        cwd: house,
      }),
    ]);
    compilerRefuses = filesNamed(types.output, /^(\S+)\(\d+,\d+\): error/gm);
    linterRefuses = filesNamed(lint.output, /noRestrictedImports,file=(?:.*[\\/])?((?:server|web|lessons)[\\/][^,]+)/g);
  });

  afterAll(() => rm(house, { recursive: true, force: true }));

  it.each(REFUSED_BY_COMPILER)('the compiler refuses %s importing %s', (file) => {
    expect(compilerRefuses).toContain(file);
  });

  it.each(REFUSED_BY_LINTER)('the linter refuses %s importing %s', (file) => {
    expect(linterRefuses).toContain(file);
  });

  it.each(ALLOWED)('%s may import %s', (file) => {
    expect(compilerRefuses).not.toContain(file);
    expect(linterRefuses).not.toContain(file);
  });
});

interface Manifest {
  readonly imports: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

const manifestIn = (...folder: string[]): Manifest =>
  JSON.parse(readFileSync(inRepository(...folder, 'package.json'), 'utf8'));

describe('all code', () => {
  const files = sourceFiles();
  const { imports, scripts, devDependencies } = manifestIn();

  it('is in files of at most 300 lines', () => {
    expect(longFiles(files)).toEqual([]);
  });

  it('is in functions of at most 40 lines', () => {
    expect(longFunctions(files)).toEqual([]);
  });

  it('exports what somebody imports', () => {
    expect(unusedExports(files, imports)).toEqual([]);
  });

  it('uses every package', () => {
    const peersOf = (name: string) => Object.keys(manifestIn('node_modules', name).peerDependencies ?? {});
    expect(unusedPackages(Object.keys(devDependencies), files, Object.values(scripts), peersOf)).toEqual([]);
  });
});
