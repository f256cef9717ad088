import { all, data, not, opened } from '../checks.ts';
import type { CommandSet } from '../commands.ts';
import { defineLesson } from '../schema.ts';
import { run, secure, send } from '../solve.ts';

const toEcho = { demo: 'echo', transport: 'tcp', direction: 'to-server' } as const;
const tls = { demo: 'tls', transport: 'tcp' } as const;
const asked = { ...tls, direction: 'to-server' } as const;
const answered = { ...tls, direction: 'to-client' } as const;
/** What somebody types who should not. */
const SECRET = 'letmein';
const LINE = `password ${SECRET}`;
/** The name that a client asks for, and that the certificate is for. */
const NAME = 'localhost';
/** A handshake's answer is longer: keys and a certificate are in it. */
const HANDSHAKE_BYTES = 300;
const notTls = { id: 'not-tls', when: opened({ otherThan: 'tls' }) };
const plain = { id: 'plain', when: data({ ...asked, text: SECRET }) };

/** A line inside TLS, in a version of the learner's choice or in whichever is agreed on. */
function secured(version?: '1.2'): CommandSet {
  const [host, port] = ['{host:tls}', '{tls}'];
  const printed = `(printf '${LINE}\\n'; sleep 1)`;
  const only = version === undefined ? '' : `maxVersion:'TLSv1.2',`;
  return {
    ours: `printf '${LINE}\\n' | tls ${version === undefined ? '' : '-v 1.2 '}${host} ${port}`,
    own: {
      // LibreSSL, as macOS has it, names no server unless it is told to.
      openssl: `${printed} | openssl s_client -quiet -servername ${NAME} ${version === undefined ? '' : '-tls1_2 '}-connect ${host}:${port}`,
      // ncat has no option for the version.
      ...(version === undefined && { ncat: `${printed} | ncat --ssl ${host} ${port}` }),
      socat: `${printed} | socat - OPENSSL:${host}:${port},verify=0${version === undefined ? '' : ',openssl-max-proto-version=TLS1.2'}`,
      node: `node -e "require('tls').connect({port:${port},host:'${host}',servername:'${NAME}',${only}rejectUnauthorized:false},function(){this.end('${LINE}')}).pipe(process.stdout)"`,
    },
  };
}

function inTheClear(host: string, port: string, text: string): CommandSet {
  return {
    ours: `send ${host} ${port} '${text}'`,
    own: {
      nc: `printf '${text}' | nc ${host} ${port}`,
      ncat: `printf '${text}' | ncat ${host} ${port}`,
      socat: `printf '${text}' | socat - TCP:${host}:${port}`,
      node: `node -e "require('net').connect(${port},'${host}',function(){this.end('${text}')}).pipe(process.stdout)"`,
    },
  };
}

/** What others can read. */
export const lesson = defineLesson({
  id: 'tls',
  number: 16,
  minutes: 10,
  topic: 'tls',
  steps: [
    {
      id: 'in-the-clear',
      command: inTheClear('{host:echo}', '{echo}', `${LINE}\\n`),
      check: data({ ...toEcho, text: SECRET }),
      hints: [
        { id: 'not-echo', when: opened({ otherThan: 'echo' }) },
        { id: 'other-words', when: data(toEcho) },
      ],
      solve: [send('careless', '{echo}', [`${LINE}\n`])],
    },
    {
      id: 'wrapped',
      command: secured(),
      check: all(
        data({ ...asked, text: NAME }),
        data({ ...answered, minBytes: HANDSHAKE_BYTES }),
        not(data({ ...tls, text: SECRET })),
      ),
      hints: [
        notTls,
        plain,
        {
          id: 'no-name',
          when: all(data({ ...answered, minBytes: HANDSHAKE_BYTES }), not(data({ ...asked, text: NAME }))),
        },
      ],
      predictions: [
        {
          id: 'what-is-left',
          choices: {
            'the-word': data({ ...tls, text: SECRET }),
            'the-name': data({ ...asked, text: NAME }),
            nothing: not(data({ ...asked, text: NAME })),
          },
        },
      ],
      solve: [secure('careful', '{tls}', LINE)],
    },
    {
      id: 'older',
      command: secured('1.2'),
      check: data({ ...answered, text: NAME }),
      hints: [
        notTls,
        plain,
        // A name is asked for in the first message, so this is no leftover of the step before.
        {
          id: 'was-newer',
          when: all(data({ ...asked, text: NAME }), data({ ...answered, minBytes: HANDSHAKE_BYTES })),
        },
      ],
      solve: [secure('older', '{tls}', LINE, '1.2')],
    },
  ],
  quiz: [
    {
      id: 'in-the-cafe',
      choices: ['name-and-sizes', 'whole-address', 'nothing', 'everything'],
      right: 'name-and-sizes',
    },
  ],
  breakIt: [
    {
      id: 'wrong-door',
      command: inTheClear('{host:tls}', '{tls}', `${LINE}\\n`),
      check: data({ ...answered, text: 'This port speaks TLS' }),
      hints: [{ id: 'right-door', when: data({ ...answered, minBytes: HANDSHAKE_BYTES }) }],
      solve: [run('stray', `send {host:tls} {tls} '${LINE}\\n'`, 'received')],
    },
  ],
  sources: [
    'https://www.rfc-editor.org/rfc/rfc8446#section-2',
    'https://www.rfc-editor.org/rfc/rfc8446#section-4.1.2',
    'https://www.rfc-editor.org/rfc/rfc8446#section-5.1',
    'https://www.rfc-editor.org/rfc/rfc5246#section-7.3',
    'https://www.rfc-editor.org/rfc/rfc6066#section-3',
    'https://www.rfc-editor.org/rfc/rfc7301#section-3',
    'https://www.rfc-editor.org/rfc/rfc5280#section-4',
  ],
});
