import type { End } from '../checks.ts';
import {
  all,
  captured,
  closed,
  data,
  failed,
  halfClosed,
  inOne,
  inOrder,
  not,
  opened,
  reset,
  solved,
} from '../checks.ts';
import { packets, sockets } from '../packet-checks.ts';
import { defineLesson } from '../schema.ts';
import { connect, hangUp, hear, program, run, say, send } from '../solve.ts';
import { closesFirst } from './closes-first.ts';

const echo = { demo: 'echo', transport: 'tcp' } as const;
const daytime = { demo: 'daytime', transport: 'tcp' } as const;
const [host, port] = ['{host:echo}', '{echo}'];
const anotherDemo = { id: 'another-demo', when: opened({ otherThan: 'echo' }) };
const wasReset = { id: 'was-reset', when: reset(echo) };

/** Of the learner's server. */
const OWN_PORT = 9555;
const server = closesFirst(OWN_PORT);
const own = { port: OWN_PORT } as const;

const finOf = (from: End) => ({ from, flags: ['fin', 'ack'] }) as const;
const ackOf = (from: End) => ({ from, flags: ['ack'], only: true }) as const;
/** A FIN each way, and the last of them acknowledged. */
const goodbye = (first: End) => {
  const second = first === 'client' ? 'server' : 'client';
  return [finOf(first), finOf(second), ackOf(first)] as const;
};

/** The kernel remembers a connection at the end that was first to finish. */
const isKept = (demo: string, at: End) => sockets({ demo }, { at, state: 'TIME-WAIT' });
const clientLeft = closed({ ...echo, by: 'client' });
const clientIsKept = isKept('echo', 'client');
const serverLeft = closed({ ...daytime, by: 'server' });
const serverIsKept = isKept('daytime', 'server');
/**
 * It is not kept after all: the end that finished second was gone when a late segment reached it, and its RST ended TIME-WAIT
 * (RFC 1337 §2). Where nothing is captured, the kernel's table says no more than that it is not there, or not yet.
 */
const forgotten = (demo: string, first: End) => {
  const left = closed({ demo, transport: 'tcp', by: first });
  const rst = { from: first === 'client' ? 'server' : 'client', flags: ['rst'] } as const;
  const seen = inOne(left, packets({ demo }, finOf(first), rst));
  return { id: 'forgotten', when: captured(seen, all(left, not(isKept(demo, first)))) };
};
const answeredAfter = [halfClosed({ ...echo, by: 'client' }), data({ ...echo, direction: 'to-client' })] as const;

/** The kernel keeps a connection of the port, and nobody listens there. */
const portIsKept = sockets({ ...own, none: [{ at: 'server', state: 'LISTEN' }] }, { at: 'server', state: 'TIME-WAIT' });
const refusal = failed({ ...own, code: 'ECONNREFUSED' });

/** Saying goodbye. */
export const lesson = defineLesson({
  id: 'closing',
  number: 5,
  minutes: 12,
  topic: 'tcp',
  ports: [OWN_PORT],
  steps: [
    {
      id: 'client-first',
      command: {
        ours: `send ${host} ${port} goodbye`,
        own: {
          nc: `printf goodbye | nc -N ${host} ${port}`,
          ncat: `printf goodbye | ncat ${host} ${port}`,
          socat: `printf goodbye | socat - TCP:${host}:${port}`,
          node: `node -e "require('net').connect(${port},'${host}',function(){this.end('goodbye')}).pipe(process.stdout)"`,
        },
      },
      check: captured(
        all(inOne(clientLeft, packets(echo, ...goodbye('client'))), clientIsKept),
        all(clientLeft, clientIsKept, solved('first-fin')),
      ),
      hints: [
        anotherDemo,
        wasReset,
        { id: 'still-open', when: inOne(opened(echo), not(closed(echo))) },
        forgotten('echo', 'client'),
      ],
      predictions: [
        {
          id: 'who-first',
          choices: { client: closed({ ...echo, by: 'client' }), server: closed({ ...echo, by: 'server' }) },
        },
      ],
      solve: [connect('leaver', '{echo}'), say('leaver', 'goodbye'), hangUp('leaver')],
    },
    {
      id: 'server-first',
      command: {
        ours: 'telnet {host:daytime} {daytime}',
        own: {
          telnet: 'telnet {host:daytime} {daytime}',
          // -d reads no input, at whose end the nc of macOS would be first to finish.
          nc: 'nc -d {host:daytime} {daytime}',
          ncat: 'ncat --recv-only {host:daytime} {daytime}',
          socat: 'socat - TCP:{host:daytime}:{daytime}',
          node: `node -e "require('net').connect({daytime},'{host:daytime}').pipe(process.stdout)"`,
        },
      },
      check: captured(
        all(inOne(serverLeft, packets(daytime, ...goodbye('server'))), serverIsKept),
        all(serverLeft, serverIsKept),
      ),
      hints: [
        { id: 'not-daytime', when: opened({ otherThan: 'daytime' }) },
        { id: 'client-left', when: closed({ ...daytime, by: 'client' }) },
        forgotten('daytime', 'server'),
      ],
      solve: [connect('asker', '{daytime}'), hear('asker', ':')],
    },
    {
      id: 'half-close',
      command: {
        ours: `send -N ${host} ${port} 'half way'`,
        own: {
          nc: `printf 'half way' | nc -N ${host} ${port}`,
          socat: `printf 'half way' | socat - TCP:${host}:${port}`,
          node: `node -e "require('net').connect({port:${port},host:'${host}',allowHalfOpen:true},function(){this.end('half way')}).pipe(process.stdout)"`,
        },
      },
      check: captured(
        inOne(...answeredAfter, packets(echo, finOf('client'), { from: 'server', minLength: 1 }, finOf('server'))),
        all(inOne(...answeredAfter), solved('ack-of-fin')),
      ),
      hints: [
        anotherDemo,
        wasReset,
        {
          id: 'answer-first',
          when: packets(echo, { from: 'server', minLength: 1 }, finOf('client')),
        },
        { id: 'nothing-said', when: all(halfClosed({ ...echo, by: 'client' }), not(data(echo))) },
        { id: 'not-finished', when: all(data(echo), not(halfClosed({ ...echo, by: 'client' }))) },
      ],
      solve: [send('half', '{echo}', ['half way'])],
    },
  ],
  quiz: [
    {
      id: 'in-use',
      choices: ['first-closer', 'not-closed', 'firewall', 'kernel-slow'],
      right: 'first-closer',
    },
  ],
  exercises: [
    { kind: 'find', id: 'first-fin', trace: 'half-close', packet: { flags: ['fin'], from: 'client' } },
    {
      kind: 'blank',
      id: 'ack-of-fin',
      trace: 'half-close',
      packet: { flags: ['ack'], only: true, from: 'server', nth: 2 },
      field: 'ack',
    },
    {
      kind: 'order',
      id: 'four-packets',
      trace: 'half-close',
      packets: [
        { flags: ['fin'], from: 'client' },
        { flags: ['ack'], only: true, from: 'server', nth: 2 },
        { flags: ['psh'], from: 'server' },
        { flags: ['fin'], from: 'server' },
        { flags: ['ack'], only: true, from: 'client', nth: 3 },
      ],
    },
  ],
  breakIt: [
    {
      id: 'slam',
      command: {
        ours: `send -R ${host} ${port} bye`,
        own: {
          node: `node -e "const s=require('net').connect(${port},'${host}',()=>{s.write('bye');setTimeout(()=>s.resetAndDestroy(),300)})"`,
        },
      },
      check: captured(
        inOne(reset({ ...echo, by: 'client' }), packets(echo, { from: 'client', flags: ['rst'] })),
        reset({ ...echo, by: 'client' }),
      ),
      // One that was opened before this may end only now.
      hints: [{ id: 'politely', when: inOne(opened(echo), closed(echo)) }],
      solve: [run('slammer', `send -R ${host} ${port} bye`, 'reset')],
    },
    {
      id: 'address-in-use',
      program: server,
      command: {
        ours: `telnet 127.0.0.1 ${OWN_PORT}`,
        own: {
          telnet: `telnet 127.0.0.1 ${OWN_PORT}`,
          nc: `nc -d 127.0.0.1 ${OWN_PORT}`,
          ncat: `ncat --recv-only 127.0.0.1 ${OWN_PORT}`,
          socat: `socat - TCP:127.0.0.1:${OWN_PORT}`,
          node: `node -e "require('net').connect(${OWN_PORT}, '127.0.0.1').resume()"`,
        },
      },
      check: captured(
        all(
          inOrder(
            packets(own, finOf('server'), finOf('client')),
            packets(own, { from: 'client', flags: ['syn'], only: true }, { from: 'server', flags: ['rst'] }),
          ),
          portIsKept,
        ),
        all(inOrder(opened(own), refusal), portIsKept),
      ),
      hints: [
        { id: 'nobody-listens', when: refusal },
        { id: 'client-first', when: sockets(own, { at: 'client', state: 'TIME-WAIT' }) },
        { id: 'kept', when: portIsKept },
        {
          id: 'listens-again',
          when: sockets(own, { at: 'server', state: 'TIME-WAIT' }, { at: 'server', state: 'LISTEN' }),
        },
      ],
      solve: [
        program('server', server.python, server.prints),
        run('caller', `telnet 127.0.0.1 ${OWN_PORT}`, 'closed'),
        program('server-again', `${server.python} 2>&1`, 'Address already in use'),
        run('caller', `telnet 127.0.0.1 ${OWN_PORT}`, 'refused'),
      ],
    },
  ],
  sources: [
    'https://www.rfc-editor.org/rfc/rfc9293#section-3.6',
    'https://www.rfc-editor.org/rfc/rfc9293#section-3.3.2',
    'https://www.rfc-editor.org/rfc/rfc9293#section-3.5.3',
    'https://www.rfc-editor.org/rfc/rfc1122#section-4.2.2.13',
    'https://www.rfc-editor.org/rfc/rfc1337#section-2',
    'https://man7.org/linux/man-pages/man2/shutdown.2.html',
    'https://man7.org/linux/man-pages/man7/socket.7.html',
  ],
});
