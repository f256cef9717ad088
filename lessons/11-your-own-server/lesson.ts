import { all, atOnce, closed, data, echoed, inOne, not, opened, reset } from '../checks.ts';
import { defineLesson } from '../schema.ts';
import { connect, hangUp, hear, run, say, send } from '../solve.ts';

const echo = { demo: 'echo', transport: 'tcp' } as const;
const [host, port] = ['{host:echo}', '{echo}'];
const anotherDemo = { id: 'another-demo', when: opened({ otherThan: 'echo' }) };
const [FIRST_BYTES, SECOND_BYTES] = [1_024, 512];
const ALL_BYTES = FIRST_BYTES + SECOND_BYTES;

/** Your own server: what a server does, call by call, and then the learner's, checked. */
export const lesson = defineLesson({
  id: 'your-own-server',
  number: 11,
  minutes: 12,
  topic: 'programs',
  steps: [
    {
      id: 'read-again',
      command: {
        ours: `send ${host} ${port} --fill ${FIRST_BYTES} --fill ${SECOND_BYTES}`,
        own: {
          nc: `(printf '%0${FIRST_BYTES}d' 1; sleep 1; printf '%0${SECOND_BYTES}d' 2) | nc ${host} ${port}`,
          socat: `(printf '%0${FIRST_BYTES}d' 1; sleep 1; printf '%0${SECOND_BYTES}d' 2) | socat - TCP:${host}:${port}`,
          node: `node -e "const s=require('net').connect(${port},'${host}');s.pipe(process.stdout);s.write('x'.repeat(${FIRST_BYTES}));setTimeout(()=>s.end('y'.repeat(${SECOND_BYTES})),500)"`,
        },
      },
      check: inOne(
        data({ ...echo, direction: 'to-server', minBytes: ALL_BYTES, minPieces: 2 }),
        data({ ...echo, direction: 'to-client', minBytes: ALL_BYTES }),
      ),
      hints: [
        anotherDemo,
        { id: 'too-few', when: all(data(echo), not(data({ ...echo, direction: 'to-server', minBytes: ALL_BYTES }))) },
        { id: 'in-one', when: data({ ...echo, direction: 'to-server', minBytes: ALL_BYTES, maxPieces: 1 }) },
      ],
      predictions: [
        {
          id: 'how-much',
          choices: {
            everything: data({ ...echo, direction: 'to-client', minBytes: ALL_BYTES }),
            'first-only': not(data({ ...echo, direction: 'to-client', minBytes: FIRST_BYTES + 1 })),
          },
        },
      ],
      solve: [send('writer', '{echo}', ['x'.repeat(FIRST_BYTES), 'y'.repeat(SECOND_BYTES)], 100)],
    },
    {
      id: 'read-zero',
      command: {
        ours: `send -N ${host} ${port} 'the end'`,
        own: {
          nc: `printf 'the end' | nc -N ${host} ${port}`,
          ncat: `printf 'the end' | ncat ${host} ${port}`,
          socat: `printf 'the end' | socat - TCP:${host}:${port}`,
          node: `node -e "require('net').connect(${port},'${host}',function(){this.end('the end')}).pipe(process.stdout)"`,
        },
      },
      check: inOne(data(echo), closed({ ...echo, by: 'client' })),
      hints: [anotherDemo, { id: 'not-finished', when: opened(echo) }],
      solve: [connect('finisher', '{echo}'), say('finisher', 'the end'), hear('finisher', 'end'), hangUp('finisher')],
    },
    {
      id: 'accept-again',
      check: all(atOnce({ ...echo, conversations: 2 }), echoed(echo)),
      hints: [
        anotherDemo,
        { id: 'both-silent', when: all(atOnce({ ...echo, conversations: 2 }), not(echoed(echo))) },
        {
          id: 'one-only',
          when: all(atOnce({ ...echo, conversations: 1 }), not(atOnce({ ...echo, conversations: 2 }))),
        },
      ],
      solve: [
        connect('silent', '{echo}'),
        connect('talker', '{echo}'),
        say('talker', 'anybody there?'),
        hear('talker', 'there'),
      ],
    },
  ],
  quiz: [
    {
      id: 'works-here',
      choices: ['partial-reads', 'port-in-use', 'slow-network', 'encoding'],
      right: 'partial-reads',
    },
  ],
  challenges: [
    { id: 'your-echo', challenge: 'echo' },
    { id: 'your-crowd', challenge: 'crowd' },
    { id: 'your-client', challenge: 'client-echo' },
  ],
  breakIt: [
    {
      id: 'vanish',
      command: {
        ours: `send -R ${host} ${port} bye`,
        own: {
          node: `node -e "const s=require('net').connect(${port},'${host}',()=>{s.write('bye');setTimeout(()=>s.resetAndDestroy(),300)})"`,
        },
      },
      check: reset({ ...echo, by: 'client' }),
      // One that was opened before this may end only now.
      hints: [{ id: 'politely', when: all(opened(echo), closed(echo)) }],
      solve: [run('vanisher', `send -R ${host} ${port} bye`, 'reset')],
    },
  ],
  sources: [
    'https://www.rfc-editor.org/rfc/rfc862',
    'https://man7.org/linux/man-pages/man2/socket.2.html',
    'https://man7.org/linux/man-pages/man2/bind.2.html',
    'https://man7.org/linux/man-pages/man2/listen.2.html',
    'https://man7.org/linux/man-pages/man2/accept.2.html',
    'https://man7.org/linux/man-pages/man2/read.2.html',
    'https://man7.org/linux/man-pages/man2/write.2.html',
    'https://developer.apple.com/documentation/network/nwlistener',
    'https://github.com/robbiehanson/CocoaAsyncSocket',
  ],
});
