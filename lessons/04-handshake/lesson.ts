import { all, closed, data, echoed, failed, not, opened } from '../checks.ts';
import type { CommandSet } from '../commands.ts';
import { defineLesson } from '../schema.ts';
import { connect, run, send } from '../solve.ts';

const echo = { demo: 'echo', transport: 'tcp' } as const;
const discard = { demo: 'discard', transport: 'tcp' } as const;
const anotherDemo = { id: 'another-demo', when: opened({ otherThan: 'echo' }) };
const overUdp = { id: 'over-udp', when: opened({ demo: 'echo', transport: 'udp' }) };
/** A port that nobody listens on: tcpmux, long out of use. */
const CLOSED_PORT = 1;

/** Opens a connection and closes it without an octet. */
function knock(demo: string): CommandSet {
  const [host, port] = [`{host:${demo}}`, `{${demo}}`];
  return {
    ours: `nc -zv ${host} ${port}`,
    own: {
      nc: `nc -zv ${host} ${port}`,
      ncat: `ncat -zv ${host} ${port}`,
      socat: `socat -u /dev/null TCP:${host}:${port}`,
      node: `node -e "require('net').connect(${port}, '${host}').end()"`,
    },
  };
}

/** The three-way handshake. */
export const lesson = defineLesson({
  id: 'handshake',
  number: 4,
  minutes: 12,
  topic: 'tcp',
  ports: [CLOSED_PORT],
  steps: [
    {
      id: 'open',
      command: knock('echo'),
      check: opened(echo),
      hints: [anotherDemo, overUdp, { id: 'refused', when: failed() }],
      predictions: [
        {
          id: 'octets-needed',
          choices: { none: all(opened(echo), not(data(echo))), some: data(echo) },
        },
      ],
      solve: [connect('knocker', '{echo}')],
    },
    {
      id: 'numbers-move',
      command: {
        ours: 'send {host:echo} {echo} hello',
        own: {
          nc: 'printf hello | nc -N {host:echo} {echo}',
          ncat: 'printf hello | ncat {host:echo} {echo}',
          socat: 'printf hello | socat - TCP:{host:echo}:{echo}',
          node: `node -e "const s=require('net').connect({echo},'{host:echo}');s.pipe(process.stdout);s.write('hello');setTimeout(()=>s.end(),500)"`,
        },
      },
      check: echoed({ ...echo, minBytes: 5 }),
      hints: [anotherDemo, overUdp, { id: 'fewer', when: data({ ...echo, direction: 'to-server' }) }],
      solve: [send('sender', '{echo}', ['hello'])],
    },
    {
      id: 'closed-port',
      command: { ours: `nc -zv 127.0.0.1 ${CLOSED_PORT}`, own: {} },
      check: failed({ transport: 'tcp', code: 'ECONNREFUSED' }),
      hints: [
        { id: 'let-in', when: opened({ transport: 'tcp' }) },
        { id: 'other-failure', when: all(failed(), not(failed({ code: 'ECONNREFUSED' }))) },
      ],
      predictions: [
        {
          id: 'what-answer',
          choices: {
            refusal: failed({ code: 'ECONNREFUSED' }),
            silence: failed({ code: 'ETIMEDOUT' }),
            welcome: opened({ transport: 'tcp' }),
          },
        },
      ],
      solve: [run('stranger', `nc -zv 127.0.0.1 ${CLOSED_PORT}`, 'refused')],
    },
  ],
  quiz: [
    {
      id: 'before-accept',
      choices: ['established', 'syn-sent', 'refused', 'waits'],
      right: 'established',
    },
  ],
  exercises: [
    { kind: 'blank', id: 'phantom', trace: 'handshake', packet: { flags: ['syn', 'ack'] }, field: 'ack' },
    {
      kind: 'order',
      id: 'in-order',
      trace: 'handshake',
      packets: [
        { flags: ['syn'], only: true },
        { flags: ['syn', 'ack'] },
        { flags: ['ack'], only: true, from: 'client', carries: false },
        { flags: ['psh'], from: 'client' },
        { flags: ['psh'], from: 'server' },
      ],
    },
    { kind: 'find', id: 'refusal', trace: 'refused', packet: { flags: ['rst'] } },
  ],
  breakIt: [
    {
      id: 'silent',
      command: knock('discard'),
      check: all(opened(discard), closed(discard), not(data(discard))),
      hints: [{ id: 'not-discard', when: opened({ otherThan: 'discard' }) }],
      solve: [run('silent-one', 'nc -zv {host:discard} {discard}', 'succeeded')],
    },
  ],
  sources: [
    'https://www.rfc-editor.org/rfc/rfc9293#section-3.5',
    'https://www.rfc-editor.org/rfc/rfc9293#section-3.4',
    'https://www.rfc-editor.org/rfc/rfc9293#section-3.4.1',
    'https://www.rfc-editor.org/rfc/rfc9293#section-3.10.7.1',
    'https://www.rfc-editor.org/rfc/rfc7323#section-2',
    'https://man7.org/linux/man-pages/man2/listen.2.html',
  ],
});
