import { createHash } from 'node:crypto';
import { Busboy, type BusboyFileStream } from '@fastify/busboy';
import { errorAnswer, textAnswer } from './answer.ts';
import { type Exchange, withBody } from './exchange.ts';
import { htmlAnswer } from './hello.ts';
import { MAX_FORM_PARTS, MAX_REPEATED_CHARS } from './limits.ts';

const FORM_HTML = `<h1>A form</h1>
<form method="post"><h2>As one line</h2>
<label>Name <input name="name" value="Ann"></label> <label>Note <input name="note" value="a b&amp;c=d"></label>
<button>Send as x-www-form-urlencoded</button></form>
<form method="post" enctype="multipart/form-data"><h2>In parts</h2>
<label>Name <input name="name" value="Ann"></label> <label>File <input type="file" name="file"></label>
<button>Send as multipart/form-data</button></form>`;

/** Kinds of form that are read. */
const FORM_TYPE = /^(?:application\/x-www-form-urlencoded|multipart\/form-data)\b/i;

/** `/form`. */
export function form({ answer }: Exchange): void {
  answer(htmlAnswer('A form', FORM_HTML));
}

/** `/form`, POST: what was sent, field by field; of a file its size and SHA-256, and nothing is kept. */
export function sendForm(exchange: Exchange): void {
  const { answer, request } = exchange;
  const type = request.headers['content-type'] ?? '';
  if (!FORM_TYPE.test(type)) {
    answer(errorAnswer(415, 'A form is sent as application/x-www-form-urlencoded or as multipart/form-data.'));
    return;
  }
  withBody(exchange, (body) => {
    readForm(type, body).then(
      (lines) => answer(textAnswer(200, lines.join('\n') || 'An empty form.')),
      (error: Error) => answer(errorAnswer(400, `The form cannot be read: ${error.message}.`)),
    );
  });
}

/** Rejects with what is wrong. */
function readForm(type: string, body: Buffer): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const lines: string[] = [];
    const most = MAX_FORM_PARTS + 1;
    const limits = { fields: most, files: most, parts: most };
    const add = (line: string): number => {
      if (lines.length >= MAX_FORM_PARTS) reject(new Error(`it has more than ${MAX_FORM_PARTS} parts`));
      return lines.push(line) - 1;
    };
    const busboy = new Busboy({ headers: { 'content-type': type }, limits });
    busboy.on('field', (name, value) => add(`field ${shown(name)} = ${shown(String(value))}`));
    busboy.on('file', (name, stream, filename, _encoding, mime) => {
      const at = add('');
      describeFile(stream, (what) => {
        lines[at] = `file ${shown(name)} = ${shown(filename ?? '')} (${shown(mime)}), ${what}`;
      });
    });
    busboy.on('error', (error) => reject(error instanceof Error ? error : new Error(String(error))));
    busboy.on('finish', () => resolve(lines));
    busboy.end(body);
  });
}

function describeFile(stream: BusboyFileStream, done: (what: string) => void): void {
  const hash = createHash('sha256');
  let bytes = 0;
  stream.on('data', (piece: Buffer) => {
    bytes += piece.length;
    hash.update(piece);
  });
  stream.on('end', () => done(`${bytes} octets, SHA-256 ${hash.digest('hex')}`));
}

function shown(text: string): string {
  return JSON.stringify(text.slice(0, MAX_REPEATED_CHARS));
}
