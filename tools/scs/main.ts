/**
 * `npm run scs -- --port N FILES…`: plays scripts of XMPP conversations against a server. Exit code 1 when one fails.
 * `--strict` compares as Scansion does: what has a namespace of its own is to be exactly what the script says.
 */
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { FORGET_AFTER_MS } from '../../server/demos/xmpp/limits.ts';
import { type RunOptions, runScript } from './run.ts';
import { parseScript } from './script.ts';

/** A server in test mode has forgotten the last script by then. */
const BETWEEN_SCRIPTS_MS = FORGET_AFTER_MS + 200;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    port: { type: 'string', default: '5222' },
    host: { type: 'string', default: '127.0.0.1' },
    strict: { type: 'boolean', default: false },
  },
});
const target = { host: values.host, port: Number(values.port), strictNamespaces: values.strict };
if (positionals.length === 0) {
  console.error(
    'Usage: npm run scs -- [--host ADDRESS] [--port N] [--strict] FILES…   (start the server with --xmpp-test)',
  );
  process.exitCode = 2;
}
for (const [index, file] of positionals.entries()) {
  if (index > 0) await pause(BETWEEN_SCRIPTS_MS);
  if (!(await passes(file, target))) process.exitCode = 1;
}

async function passes(file: string, where: RunOptions): Promise<boolean> {
  try {
    const script = parseScript(await readFile(file, 'utf8'));
    await runScript(script, where);
    console.log(`ok      ${file}`);
    return true;
  } catch (error) {
    console.log(`FAILED  ${file}: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}
