import { all, atOnce, closed, data, echoed, failed, not, opened, reset } from '../checks.ts';
import { talkTo } from '../commands.ts';
import { defineLesson } from '../schema.ts';
import { connect, hangUp, hear, run, say } from '../solve.ts';

const echo = { demo: 'echo', transport: 'tcp' } as const;
const anotherDemo = { id: 'another-demo', when: opened({ otherThan: 'echo' }) };
const overUdp = { id: 'over-udp', when: opened({ demo: 'echo', transport: 'udp' }) };
const refused = { id: 'refused', when: failed() };
const nobodyConnected = { id: 'nobody-connected', when: not(atOnce({ ...echo, conversations: 1 })) };

/** Two programs, one conversation. */
export const lesson = defineLesson({
  id: 'sockets',
  number: 1,
  minutes: 8,
  topic: 'sockets',
  steps: [
    {
      id: 'connect',
      command: talkTo('echo'),
      check: opened(echo),
      hints: [anotherDemo, overUdp, refused],
      solve: [connect('first', '{echo}')],
    },
    {
      id: 'talk',
      check: echoed(echo),
      hints: [
        anotherDemo,
        {
          id: 'nothing-typed',
          when: all(atOnce({ ...echo, conversations: 1 }), not(data({ ...echo, direction: 'to-server' }))),
        },
        nobodyConnected,
      ],
      solve: [say('first', 'ahoy'), hear('first', 'ahoy')],
    },
    {
      id: 'second',
      command: talkTo('echo'),
      check: atOnce({ ...echo, conversations: 2 }),
      hints: [
        anotherDemo,
        refused,
        {
          id: 'only-one',
          when: all(atOnce({ ...echo, conversations: 1 }), not(atOnce({ ...echo, conversations: 2 }))),
        },
        nobodyConnected,
      ],
      predictions: [
        {
          id: 'what-differs',
          choices: {
            'client-port': atOnce({ ...echo, conversations: 2, differ: ['client-port'] }),
            'server-port': atOnce({ ...echo, conversations: 2, differ: ['server-port'] }),
            'both-ports': atOnce({ ...echo, conversations: 2, differ: ['client-port', 'server-port'] }),
            nothing: atOnce({ ...echo, conversations: 2, differ: [] }),
          },
        },
      ],
      solve: [connect('second', '{echo}')],
    },
    {
      id: 'hang-up',
      check: closed({ ...echo, by: 'client' }),
      hints: [
        { id: 'was-reset', when: reset(echo) },
        { id: 'server-closed', when: closed({ ...echo, by: 'server' }) },
        nobodyConnected,
      ],
      solve: [hangUp('second')],
    },
  ],
  quiz: [
    {
      id: 'third',
      choices: ['same-four', 'other-server-port', 'port-taken', 'mixed-versions'],
      right: 'other-server-port',
    },
  ],
  breakIt: [
    {
      id: 'nobody-listens',
      command: { ours: 'telnet localhost 1', own: {} },
      check: failed({ code: 'ECONNREFUSED' }),
      hints: [],
      solve: [run('knocker', 'telnet localhost 1', 'refused')],
    },
  ],
  sources: [
    'https://www.rfc-editor.org/rfc/rfc9293#section-2.2',
    'https://www.rfc-editor.org/rfc/rfc9293#section-3.4.1',
    'https://www.rfc-editor.org/rfc/rfc9293#section-3.6',
    'https://www.rfc-editor.org/rfc/rfc9293#section-3.10.7.1',
    'https://www.rfc-editor.org/rfc/rfc862',
    'https://man7.org/linux/man-pages/man2/socket.2.html',
    'https://man7.org/linux/man-pages/man2/accept.2.html',
    'https://man7.org/linux/man-pages/man2/connect.2.html',
  ],
});
