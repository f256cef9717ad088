import { readFileSync, writeFileSync, readFileSync as rf } from 'node:fs';
import { numberOf, runLoad, startLoad } from './child.ts';
import { startBuiltServer } from '../run/built-server.ts';
import { SCRIPTS } from '../run/repository.js';
import { startNodeEcho } from './peers.ts';
const A = await startBuiltServer();
process.env.MALLOC_TRIM_THRESHOLD_ = '67108864';
const B = await startBuiltServer();
delete process.env.MALLOC_TRIM_THRESHOLD_;
const trick = SCRIPTS.server.replace('main.js', 'trick.js');
writeFileSync(trick, "globalThis.x = Buffer.allocUnsafeSlow(16*1024*1024); globalThis.x = null;\nawait import('./main.js');\n");
const C = await startBuiltServer({ script: trick });
const node = await startNodeEcho();
const vs = []; for (const S of [A, B, C]) { const v = startLoad('viewer', { url: S.url }); await v.next(); vs.push(v); }
const stat = (pid: number) => { const f = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' '); return { minflt: Number(f[7]), u: Number(f[11]), s: Number(f[12]) }; };
for (const messageBytes of [65536]) for (let i = 0; i < 4; i++) for (const [name, port, pid] of [['ours', A.demo('echo').port, A.pid], ['ours notrim', B.demo('echo').port, B.pid], ['ours trick', C.demo('echo').port, C.pid], ['node', node.port, node.pid]] as const) {
  const x = stat(pid); const r = await runLoad('echo-load', { port, connections: 16, messageBytes, warmUpMs: 300, runMs: 1200 }); const y = stat(pid); const n = numberOf(r, 'total');
  console.log(messageBytes, name.padEnd(12), 'msgs', n, 'flt/msg', ((y.minflt - x.minflt) / n).toFixed(2), 'user µs', ((y.u - x.u) * 1e4 / n).toFixed(1), 'sys µs', ((y.s - x.s) * 1e4 / n).toFixed(1));
}
for (const v of vs) await v.stop(); await A.stop(); await B.stop(); await C.stop(); await node.stop();
