import { all, closed, data, halfClosed, not, opened, reset } from '../checks.ts';
import { defineLesson } from '../schema.ts';
import { connect, hangUp, hear, run, say, send } from '../solve.ts';

const echo = { demo: 'echo', transport: 'tcp' } as const;
const daytime = { demo: 'daytime', transport: 'tcp' } as const;
const [host, port] = ['{host:echo}', '{echo}'];
const anotherDemo = { id: 'another-demo', when: opened({ otherThan: 'echo' }) };
const wasReset = { id: 'was-reset', when: reset(echo) };

/** Saying goodbye. */
export const lesson = defineLesson({
  id: 'closing',
  number: 5,
  minutes: 12,
  topic: 'tcp',
  steps: [
    {
      id: 'client-first',
      command: {
        ours: `send ${host} ${port} goodbye`,
        own: {
          nc: `printf goodbye | nc -N ${host} ${port}`,
          ncat: `printf goodbye | ncat ${host} ${port}`,
          socat: `printf goodbye | socat - TCP:${host}:${port}`,
          node: `node -e "const s=require('net').connect(${port},'${host}');s.pipe(process.stdout);s.end('goodbye')"`,
        },
      },
      check: closed({ ...echo, by: 'client' }),
      hints: [anotherDemo, wasReset, { id: 'still-open', when: opened(echo) }],
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
          nc: 'nc {host:daytime} {daytime} < /dev/null',
          ncat: 'ncat --recv-only {host:daytime} {daytime}',
          socat: 'socat - TCP:{host:daytime}:{daytime}',
          node: `node -e "require('net').connect({daytime},'{host:daytime}').pipe(process.stdout)"`,
        },
      },
      check: closed({ ...daytime, by: 'server' }),
      hints: [
        { id: 'not-daytime', when: opened({ otherThan: 'daytime' }) },
        { id: 'client-left', when: closed({ ...daytime, by: 'client' }) },
      ],
      solve: [connect('asker', '{daytime}'), hear('asker', ':')],
    },
    {
      id: 'half-close',
      command: {
        ours: `send -N ${host} ${port} 'half way'`,
        own: {
          nc: `printf 'half way' | nc -N ${host} ${port}`,
          ncat: `printf 'half way' | ncat ${host} ${port}`,
          socat: `printf 'half way' | socat - TCP:${host}:${port}`,
          node: `node -e "const s=require('net').connect({port:${port},host:'${host}',allowHalfOpen:true});s.pipe(process.stdout);s.end('half way')"`,
        },
      },
      check: all(halfClosed({ ...echo, by: 'client' }), data({ ...echo, direction: 'to-client' })),
      hints: [
        anotherDemo,
        wasReset,
        { id: 'nothing-said', when: all(halfClosed({ ...echo, by: 'client' }), not(data(echo))) },
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
      check: reset({ ...echo, by: 'client' }),
      hints: [{ id: 'politely', when: closed(echo) }],
      solve: [run('slammer', `send -R ${host} ${port} bye`, 'reset')],
    },
  ],
  sources: [
    'https://www.rfc-editor.org/rfc/rfc9293#section-3.6',
    'https://www.rfc-editor.org/rfc/rfc9293#section-3.3.2',
    'https://www.rfc-editor.org/rfc/rfc9293#section-3.5.3',
    'https://www.rfc-editor.org/rfc/rfc1122#section-4.2.2.13',
    'https://man7.org/linux/man-pages/man2/shutdown.2.html',
    'https://man7.org/linux/man-pages/man7/socket.7.html',
  ],
});
