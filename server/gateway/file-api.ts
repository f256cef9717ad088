import type { FastifyInstance, FastifyReply } from 'fastify';
import { MAX_API_BODY_BYTES } from '#protocol/limits.ts';

/** The files of the chat, as the gateway sees them. */
export interface FileDesk {
  /** Longest file, in octets. */
  readonly maxFileBytes: number;
  put(id: string, bytes: Buffer): 'stored' | 'no-such-file' | 'already-there' | 'file-size';
  get(id: string): { readonly name: string; readonly type: string; readonly bytes: Buffer } | null;
}

/** What a browser may show in place; everything else is saved as a file, so that it can't act as a page of ours. */
const SHOWN_IN_PLACE = /^(?:image\/(?:png|jpeg|gif|webp)|audio\/[a-z0-9]+|video\/[a-z0-9]+)(?:;|$)/i;

/** Statuses of the refusals of an upload. */
const STATUSES = { 'no-such-file': 404, 'already-there': 409, 'file-size': 422 } as const;

/** For each refusal what happened, and what to try. */
const SENTENCES = {
  'no-such-file': 'No place is reserved here, or it has expired. Ask the chat for a slot first.',
  'already-there': 'That file has been uploaded, and files are not replaced. Ask for another slot.',
  'file-size': 'The upload is not as long as was announced when the slot was asked for.',
} as const;

/** `PUT` and `GET /api/files/:id/:name`. The name is for people; the id is the key. */
export async function addFileApi(app: FastifyInstance, files: FileDesk): Promise<void> {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    // Whatever it is, it is octets here.
    const options = { parseAs: 'buffer', bodyLimit: Math.max(files.maxFileBytes, MAX_API_BODY_BYTES) } as const;
    scope.addContentTypeParser('*', options, (_request, body, done) => done(null, body));
    scope.put<{ Params: { id: string } }>('/api/files/:id/:name', options, ({ params, body }, reply) =>
      store(files, params.id, body, reply),
    );
    scope.get<{ Params: { id: string } }>('/api/files/:id/:name', ({ params }, reply) => send(files, params.id, reply));
  });
}

function store(files: FileDesk, id: string, body: unknown, reply: FastifyReply): FastifyReply {
  const outcome = files.put(id, Buffer.isBuffer(body) ? body : Buffer.alloc(0));
  if (outcome === 'stored') return reply.code(201).send();
  return reply.code(STATUSES[outcome]).send({ code: outcome, message: SENTENCES[outcome] });
}

function send(files: FileDesk, id: string, reply: FastifyReply): FastifyReply {
  const file = files.get(id);
  if (!file) return reply.code(404).send({ code: 'no-such-file', message: 'There is no such file (any more).' });
  const how = SHOWN_IN_PLACE.test(file.type) ? 'inline' : 'attachment';
  return reply
    .header('Content-Type', file.type)
    .header('Content-Disposition', `${how}; filename*=UTF-8''${encodeURIComponent(file.name)}`)
    .header('Content-Security-Policy', "default-src 'none'; sandbox")
    .header('Cache-Control', 'private, max-age=3600, immutable')
    .send(file.bytes);
}
