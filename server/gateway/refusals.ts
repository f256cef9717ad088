import type { FastifyReply } from 'fastify';

/**
 * Answers with what `work` gives. What it rejects with is a refusal where `statuses` names its `code`: the client is told
 * code and message under that HTTP status. Anything else is thrown on.
 */
export async function answerOrRefuse(
  reply: FastifyReply,
  statuses: Readonly<Record<string, number>>,
  work: () => Promise<unknown>,
): Promise<unknown> {
  try {
    return await work();
  } catch (error) {
    const { code = '', message = '' } = error as { code?: string; message?: string };
    const status = statuses[code];
    if (status === undefined) throw error;
    return reply.code(status).send({ code, message });
  }
}
