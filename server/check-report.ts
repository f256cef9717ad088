/** What `porthole check` prints. Pure. */
import { formatEndpoint } from '#protocol/address.ts';
import type { ChallengeInfo, CheckRun, StageReport, TranscriptEntry, Words } from '#protocol/check.ts';

type Language = keyof Words;

/** Octets of a transcript's entry that are printed. */
const SHOWN_BYTES = 40;

/** Entries of a transcript that are printed: the latest, for there the failure is. */
const SHOWN_ENTRIES = 16;

const TEXTS = {
  en: {
    server: (where: string) => `your server at ${where}`,
    client: (where: string) => `your client is waited for at ${where}`,
    points: 'points',
    leftOut: ' (not run)',
    tryIt: 'Try it:',
    transcript: 'What happened (ms, socket, octets):',
    earlier: (count: number) => `… ${count} earlier`,
    passed: (points: number) => `Passed: ${points} points.`,
    failed: (stages: string, points: string) => `${stages} stages, ${points} points.`,
    octets: 'octets',
    kinds: {
      connected: 'connected',
      sent: '→ sent',
      received: '← received',
      'fin-sent': '→ FIN',
      'fin-received': '← FIN',
      'reset-sent': '→ RST',
      'reset-received': '← RST',
      waited: 'listened, in ms:',
    },
  },
  'zh-CN': {
    server: (where: string) => `你的服务器在 ${where}`,
    client: (where: string) => `在 ${where} 等待你的客户端`,
    points: '分',
    leftOut: '（未运行）',
    tryIt: '自己试试：',
    transcript: '发生了什么（毫秒、套接字、字节）：',
    earlier: (count: number) => `…… 之前还有 ${count} 条`,
    passed: (points: number) => `全部通过：${points} 分。`,
    failed: (stages: string, points: string) => `通过 ${stages} 关，得 ${points} 分。`,
    octets: '字节',
    kinds: {
      connected: '已连接',
      sent: '→ 发送',
      received: '← 收到',
      'fin-sent': '→ FIN',
      'fin-received': '← FIN',
      'reset-sent': '→ RST',
      'reset-received': '← RST',
      waited: '静听（毫秒）：',
    },
  },
} as const;

/** What is printed before the first stage. */
export function heading({ title, transport, writes }: ChallengeInfo, run: CheckRun, language: Language): string {
  const { address, port } = run.target;
  const where = `${transport.toUpperCase()} ${formatEndpoint({ address, port })}`;
  return `${title[language]} · ${TEXTS[language][writes](where)}\n\n`;
}

/** A stage that has ended: a line, and for a failure why, the command and what happened. */
export function stageLines(stage: StageReport, language: Language): string {
  const texts = TEXTS[language];
  const title = stage.title[language];
  if (stage.state === 'left-out') return `  – ${title}${texts.leftOut}\n`;
  if (!stage.failure) return `  ✓ ${title} · ${stage.ms ?? 0} ms · ${stage.points} ${texts.points}\n`;
  const command = stage.command === '' ? '' : `\n    ${texts.tryIt} ${stage.command}\n`;
  return `  ✗ ${title} [${stage.failure.code}]\n\n    ${stage.failure.sentence[language]}\n${command}\n${transcriptLines(stage, language)}\n`;
}

/** The last line. */
export function summary(run: CheckRun, language: Language): string {
  const texts = TEXTS[language];
  const passed = run.stages.filter(({ state }) => state === 'passed');
  const sum = (stages: readonly StageReport[]): number => stages.reduce((points, stage) => points + stage.points, 0);
  if (run.state === 'passed') return `\n${texts.passed(sum(passed))}\n`;
  return `\n${texts.failed(`${passed.length}/${run.stages.length}`, `${sum(passed)}/${sum(run.stages)}`)}\n`;
}

/** Every challenge with what it asks for. */
export function listing(challenges: readonly ChallengeInfo[], language: Language): string {
  return challenges
    .map(({ id, transport, title, protocol, stages }) => {
      const rows = stages.map((stage) => `    · ${stage.title[language]} (${stage.points} ${TEXTS[language].points})`);
      const words = protocol[language].split('\n').map((line) => (line === '' ? '' : `  ${line}`));
      return `${id} (${transport.toUpperCase()}): ${title[language]}\n\n${words.join('\n')}\n\n${rows.join('\n')}\n`;
    })
    .join('\n');
}

function transcriptLines({ transcript, omitted }: StageReport, language: Language): string {
  const texts = TEXTS[language];
  if (transcript.length === 0) return '';
  const shown = transcript.slice(-SHOWN_ENTRIES);
  const earlier = transcript.length - shown.length;
  return [
    `    ${texts.transcript}`,
    ...(earlier > 0 ? [`      ${texts.earlier(earlier)}`] : []),
    ...shown.map((entry) => `      ${entryLine(entry, language)}`),
    ...(omitted > 0 ? [`      … +${omitted}`] : []),
    '',
  ].join('\n');
}

function entryLine({ atMs, peer, kind, length, bytes }: TranscriptEntry, language: Language): string {
  const texts = TEXTS[language];
  const head = `${atMs.toFixed(1).padStart(8)}  ${peer}  ${texts.kinds[kind]}`;
  if (kind === 'waited') return `${head} ${length}`;
  if (kind !== 'sent' && kind !== 'received') return head;
  const octets = Buffer.from(bytes, 'base64');
  const more = length > SHOWN_BYTES ? '…' : '';
  return `${head} ${length} ${texts.octets}  ${shownText(octets.subarray(0, SHOWN_BYTES))}${more}`;
}

/** Text in quotation marks; what is no printable ASCII as an escape. */
function shownText(octets: Uint8Array): string {
  const text = [...octets].map((octet) => {
    if (octet === 0x0a) return '\\n';
    if (octet === 0x0d) return '\\r';
    if (octet >= 0x20 && octet < 0x7f) return String.fromCharCode(octet);
    return `\\x${octet.toString(16).padStart(2, '0')}`;
  });
  return `"${text.join('')}"`;
}
