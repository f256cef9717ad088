import { all, any, captured, closed, data, echoed, failed, inOne, inOrder, not, opened, solved } from '../checks.ts';
import type { CommandSet } from '../commands.ts';
import { packets, sockets } from '../packet-checks.ts';
import { defineLesson } from '../schema.ts';
import { connect, program, run, send } from '../solve.ts';
import { neverAccepts } from './never-accepts.ts';

const echo = { demo: 'echo', transport: 'tcp' } as const;
const discard = { demo: 'discard', transport: 'tcp' } as const;
const anotherDemo = { id: 'another-demo', when: opened({ otherThan: 'echo' }) };
const overUdp = { id: 'over-udp', when: opened({ demo: 'echo', transport: 'udp' }) };
/** A port that nobody listens on: tcpmux, long out of use. */
const CLOSED_PORT = 1;
/** Of the learner's listener that never accepts. */
const QUEUE_PORT = 9556;
const listener = neverAccepts(QUEUE_PORT);
const ring = `nc -zv -w 8 127.0.0.1 ${QUEUE_PORT}`;

/** A connection waits in the queue, and another one does not get into it. */
const queueIsFull = sockets(
  { port: QUEUE_PORT },
  { at: 'server', state: 'LISTEN', minWaiting: 1 },
  { at: 'client', state: 'SYN-SENT' },
);

const syn = { from: 'client', flags: ['syn'], only: true } as const;
/** Nobody answered it. */
const sentAgain = { ...syn, mark: 'retransmission', unanswered: true } as const;
const synAck = { from: 'server', flags: ['syn', 'ack'], only: true, acknowledgment: 1 } as const;
/** The third segment of the handshake. */
const ack = { from: 'client', flags: ['ack'], only: true, length: 0, sequence: 1, acknowledgment: 1 } as const;

/** A segment that carries `hello`, the first octets of its connection. */
const firstOctets = { from: 'client', minLength: 5, sequence: 1 } as const;

/** Opens a connection and closes it without an octet. */
function knock(demo: string): CommandSet {
  const [host, port] = [`{host:${demo}}`, `{${demo}}`];
  return {
    ours: `nc -zv ${host} ${port}`,
    own: {
      nc: `nc -zv ${host} ${port}`,
      ncat: `ncat -zv ${host} ${port}`,
      socat: `socat -u /dev/null TCP:${host}:${port}`,
      node: `node -e "require('net').connect(${port},'${host}',function(){this.end()})"`,
    },
  };
}

/** The three-way handshake. */
export const lesson = defineLesson({
  id: 'handshake',
  number: 4,
  minutes: 12,
  topic: 'tcp',
  ports: [CLOSED_PORT, QUEUE_PORT],
  steps: [
    {
      id: 'open',
      command: knock('echo'),
      check: captured(inOne(opened(echo), packets(echo, syn, synAck, ack)), all(opened(echo), solved('in-order'))),
      hints: [
        anotherDemo,
        overUdp,
        { id: 'refused', when: failed() },
        { id: 'not-captured', when: captured(inOrder(opened(echo), inOne(opened(echo), not(packets(echo, {}))))) },
      ],
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
      check: captured(
        inOne(
          echoed({ ...echo, minBytes: 5 }),
          packets(echo, firstOctets, { from: 'server', flags: ['ack'], minAcknowledgment: 6 }),
        ),
        all(echoed({ ...echo, minBytes: 5 }), solved('phantom')),
      ),
      hints: [
        anotherDemo,
        overUdp,
        {
          id: 'begun-before',
          when: captured(inOne(echoed({ ...echo, minBytes: 5 }), not(packets(echo, firstOctets)))),
        },
        { id: 'fewer', when: data({ ...echo, direction: 'to-server' }) },
        { id: 'nothing-said', when: all(opened(echo), not(data(echo))) },
      ],
      solve: [send('sender', '{echo}', ['hello'])],
    },
    {
      id: 'closed-port',
      command: {
        ours: `nc -zv 127.0.0.1 ${CLOSED_PORT}`,
        own: {
          nc: `nc -zv 127.0.0.1 ${CLOSED_PORT}`,
          ncat: `ncat -zv 127.0.0.1 ${CLOSED_PORT}`,
          socat: `socat -u /dev/null TCP:127.0.0.1:${CLOSED_PORT}`,
          node: `node -e "require('net').connect(${CLOSED_PORT}, '127.0.0.1')"`,
        },
      },
      check: captured(
        packets({ port: CLOSED_PORT }, syn, { from: 'server', flags: ['rst', 'ack'], acknowledgment: 1 }),
        all(failed({ transport: 'tcp', code: 'ECONNREFUSED' }), solved('refusal')),
      ),
      hints: [
        { id: 'let-in', when: any(opened({ transport: 'tcp' }), packets({ port: CLOSED_PORT }, syn, synAck)) },
        { id: 'other-failure', when: all(failed(), not(failed({ code: 'ECONNREFUSED' }))) },
        { id: 'silence', when: packets({ port: CLOSED_PORT }, syn, sentAgain) },
      ],
      predictions: [
        {
          id: 'what-answer',
          choices: {
            refusal: any(
              failed({ code: 'ECONNREFUSED' }),
              packets({ port: CLOSED_PORT }, { from: 'server', flags: ['rst'] }),
            ),
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
    { kind: 'blank', id: 'phantom', trace: 'handshake', packet: { flags: ['syn', 'ack'] }, field: 'ack' },
    { kind: 'find', id: 'refusal', trace: 'refused', packet: { flags: ['rst'] } },
  ],
  breakIt: [
    {
      id: 'silent',
      command: knock('discard'),
      check: inOne(opened(discard), closed(discard), not(data(discard))),
      hints: [{ id: 'not-discard', when: opened({ otherThan: 'discard' }) }],
      solve: [run('silent-one', 'nc -zv {host:discard} {discard}', 'succeeded')],
    },
    {
      id: 'backlog',
      program: listener,
      command: {
        ours: ring,
        own: {
          nc: ring,
          ncat: `ncat -zv -w 8 127.0.0.1 ${QUEUE_PORT}`,
          node: `node -e "require('net').connect(${QUEUE_PORT}, '127.0.0.1')"`,
        },
      },
      check: captured(all(queueIsFull, packets({ port: QUEUE_PORT }, syn, sentAgain)), queueIsFull),
      hints: [
        { id: 'nobody-listens', when: failed({ port: QUEUE_PORT, code: 'ECONNREFUSED' }) },
        { id: 'still-room', when: sockets({ port: QUEUE_PORT }, { at: 'server', state: 'LISTEN', minWaiting: 1 }) },
      ],
      solve: [
        program('sleeper', listener.python, listener.prints),
        run('first', ring, 'succeeded'),
        run('second', ring, 'succeeded'),
        run('third', ring, String(QUEUE_PORT)),
      ],
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
