import { any, data, opened } from '../checks.ts';
import type { CommandSet } from '../commands.ts';
import { defineLesson } from '../schema.ts';
import { type Action, send } from '../solve.ts';

const APP = '/v1/apps/harbour';
/** `harbour-server:porthole`, the id and secret of the app's own server, in Base64 as HTTP wants them (RFC 7617 §2). */
const BASIC = 'aGFyYm91ci1zZXJ2ZXI6cG9ydGhvbGU=';

const answered = (text: string) => data({ demo: 'hosted-im', direction: 'to-client', text });
const elsewhere = { id: 'elsewhere', when: opened({ otherThan: 'hosted-im' }) };
const malformed = { id: 'malformed', when: answered('"malformed"') };
const nothingThere = { id: 'nothing-there', when: any(answered('"not-found"'), answered('"no-such-app"')) };

/** One call of the service. */
interface Call {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly body?: object;
}

/** As the page's terminal, curl and Node make it. */
function calling({ method, path, fields = {}, body }: Call): CommandSet {
  const url = `http://{host:hosted-im}:{hosted-im}${APP}${path}`;
  const all = { ...(body ? { 'Content-Type': 'application/json' } : {}), ...fields };
  const flags = Object.entries(all).map(([name, value]) => `-H '${name}: ${value}' `);
  const data = body ? `-d '${JSON.stringify(body)}' ` : '';
  const options = [
    `method:'${method}'`,
    ...(Object.keys(all).length > 0
      ? [`headers:{${Object.entries(all).map(([name, value]) => `'${name}':'${value}'`)}}`]
      : []),
    ...(body ? [`body:JSON.stringify(${JSON.stringify(body).replaceAll('"', "'")})`] : []),
  ];
  const call = `${method === 'GET' ? '' : `-X ${method} `}${flags.join('')}${data}${url}`;
  return {
    ours: `http ${call}`,
    own: {
      curl: `curl ${call}`,
      node: `node -e "fetch('${url}',{${options}}).then(r=>r.text()).then(console.log)"`,
    },
  };
}

/** The same, octet by octet. */
function typed(as: string, { method, path, fields = {}, body }: Call): Action {
  const text = body ? JSON.stringify(body) : '';
  const all = {
    Host: 'localhost',
    ...(body ? { 'Content-Type': 'application/json', 'Content-Length': String(text.length) } : {}),
    ...fields,
    Connection: 'close',
  };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return send(as, '{hosted-im}', [`${method} ${APP}${path} HTTP/1.1\r\n${head.join('')}\r\n${text}`]);
}

const LOGIN: Call = {
  method: 'POST',
  path: '/token',
  body: { grant_type: 'password', username: 'alice', password: 'porthole' },
};
const NOBODY: Call = { method: 'GET', path: '/users/carol' };
const MESSAGE: Call = {
  method: 'POST',
  path: '/messages',
  fields: { Authorization: `Basic ${BASIC}` },
  body: { from: 'alice', to: { type: 'user', name: 'carol' }, content: { type: 'text', text: 'ahoy' } },
};
const GUESS: Call = { method: 'GET', path: '/users/carol', fields: { Authorization: 'Bearer letmein' } };

/** Messaging that one rents: what a service adds to a protocol, and what it takes. */
export const lesson = defineLesson({
  id: 'hosted-im',
  number: 15,
  minutes: 10,
  topic: 'chat',
  steps: [
    {
      id: 'token',
      command: calling(LOGIN),
      check: answered('"access_token"'),
      hints: [elsewhere, { id: 'wrong', when: answered('"wrong-credentials"') }, malformed, nothingThere],
      solve: [typed('alice', LOGIN)],
    },
    {
      id: 'without',
      command: calling(NOBODY),
      check: answered('"no-token"'),
      hints: [elsewhere, { id: 'with', when: answered('"connections"') }],
      solve: [typed('stranger', NOBODY)],
    },
    {
      id: 'push',
      command: calling(MESSAGE),
      check: answered('"reached":"pushed"'),
      hints: [
        elsewhere,
        { id: 'there', when: answered('"reached":"delivered"') },
        { id: 'unproved', when: any(answered('"no-token"'), answered('"wrong-credentials"')) },
        { id: 'nobody', when: answered('"no-such-user"') },
        malformed,
        nothingThere,
      ],
      predictions: [
        {
          id: 'nobody-there',
          choices: { waits: answered('"reached":"pushed"'), refused: answered('"no-such-user"') },
        },
      ],
      solve: [typed('server', MESSAGE)],
    },
  ],
  quiz: [{ id: 'whose-history', choices: ['service', 'phone', 'nobody', 'protocol'], right: 'service' }],
  breakIt: [
    {
      id: 'guess',
      command: calling(GUESS),
      check: answered('"unknown-token"'),
      hints: [elsewhere],
      solve: [typed('burglar', GUESS)],
    },
  ],
  sources: [
    'https://www.rfc-editor.org/rfc/rfc6750#section-2.1',
    'https://www.rfc-editor.org/rfc/rfc7617#section-4',
    'https://spec.openapis.org/oas/v3.1.0',
    'https://docs.easemob.com/',
    'https://www.rfc-editor.org/rfc/rfc6120',
  ],
});
