import { all, any, failed, not, opened } from '../checks.ts';
import { talkTo } from '../commands.ts';
import { defineLesson } from '../schema.ts';
import { connect, run } from '../solve.ts';

const echo = { demo: 'echo', transport: 'tcp' } as const;
const four = { ...echo, family: 4 } as const;
const six = { ...echo, family: 6 } as const;
const anotherDemo = { id: 'another-demo', when: opened({ otherThan: 'echo' }) };
const overUdp = { id: 'over-udp', when: opened({ demo: 'echo', transport: 'udp' }) };
const refused = { id: 'refused', when: failed() };

/** Which address, which port, and the ways to be turned away. */
export const lesson = defineLesson({
  id: 'addresses-and-ports',
  number: 2,
  minutes: 10,
  topic: 'addresses',
  steps: [
    {
      id: 'by-address',
      command: talkTo('echo', '127.0.0.1'),
      check: opened(four),
      hints: [anotherDemo, { id: 'version-six', when: opened(six) }, overUdp, refused],
      predictions: [
        {
          id: 'port-range',
          choices: {
            system: opened({ ...four, clientPort: 'system' }),
            registered: opened({ ...four, clientPort: 'user' }),
            dynamic: opened({ ...four, clientPort: 'dynamic' }),
          },
        },
      ],
      solve: [connect('four', '{echo}')],
    },
    {
      id: 'other-version',
      command: talkTo('echo', '::1'),
      // Where loopback has no IPv6, its refusal is what there is to see.
      check: any(opened(six), failed(six)),
      hints: [anotherDemo, { id: 'version-four', when: opened(four) }, overUdp, refused],
      solve: [connect('six', '{echo}', '::1')],
    },
    {
      id: 'by-name',
      command: talkTo('echo', 'localhost'),
      check: opened(echo),
      hints: [anotherDemo, overUdp, refused],
      predictions: [
        {
          id: 'which-version',
          choices: { six: opened(six), four: opened(four), both: all(opened(six), opened(four)) },
        },
      ],
      solve: [connect('name', '{echo}', 'localhost')],
    },
    {
      id: 'nobody-listens',
      command: { ours: 'nc -zv 127.0.0.1 1', own: {} },
      check: failed({ transport: 'tcp', code: 'ECONNREFUSED' }),
      hints: [
        { id: 'let-in', when: opened({ transport: 'tcp' }) },
        { id: 'other-failure', when: all(failed(), not(failed({ code: 'ECONNREFUSED' }))) },
      ],
      solve: [run('knocker', 'nc -zv 127.0.0.1 1', 'refused')],
    },
  ],
  quiz: [
    {
      id: 'trap',
      choices: ['other-address', 'reserved', 'firewall', 'same-thing'],
      right: 'other-address',
    },
  ],
  breakIt: [
    {
      id: 'system-port',
      command: {
        ours: 'nc -v -p 1000 127.0.0.1 {echo}',
        own: {
          nc: 'nc -v -p 1000 127.0.0.1 {echo}',
          ncat: 'ncat -v -p 1000 127.0.0.1 {echo}',
          socat: 'socat - TCP:127.0.0.1:{echo},sourceport=1000',
          node: `node -e "require('net').connect({host:'127.0.0.1',port:{echo},localPort:1000}).pipe(process.stdout)"`,
        },
      },
      check: any(opened({ ...echo, clientPort: 'system' }), failed({ ...echo, code: 'EACCES' })),
      hints: [
        { id: 'in-use', when: failed({ code: 'EADDRINUSE' }) },
        { id: 'other-port', when: opened(echo) },
      ],
      solve: [run('caller', 'nc -v -p 1000 127.0.0.1 {echo}', ' port ')],
    },
  ],
  sources: [
    'https://www.rfc-editor.org/rfc/rfc4291#section-2.1',
    'https://www.rfc-editor.org/rfc/rfc1122#section-3.2.1.3',
    'https://www.rfc-editor.org/rfc/rfc6335#section-6',
    'https://www.rfc-editor.org/rfc/rfc6761#section-6.3',
    'https://www.rfc-editor.org/rfc/rfc6724#section-2.1',
    'https://www.rfc-editor.org/rfc/rfc9293#section-3.10.7.1',
    'https://man7.org/linux/man-pages/man7/ip.7.html',
    'https://man7.org/linux/man-pages/man2/bind.2.html',
    'https://man7.org/linux/man-pages/man2/connect.2.html',
    'https://man7.org/linux/man-pages/man8/ss.8.html',
  ],
});
