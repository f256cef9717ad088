/** The same echo server and client in several languages: the files in `code/`, cut at the calls they have in common. */

/** A language of the comparison. */
export interface CodeLanguage {
  readonly id: 'c' | 'python' | 'node' | 'go' | 'java' | 'swift' | 'objective-c';
  readonly name: string;
  /** What is used of it. */
  readonly library: string;
  readonly server: string;
  readonly client: string;
  /** Whether our tests start these files and check them; a test holds this to what it really starts. */
  readonly runByTests: boolean;
}

/** All of them, in the order that is shown. */
export const LANGUAGES: readonly CodeLanguage[] = [
  language('c', 'C', 'POSIX sockets', 'echo-server.c', 'echo-client.c', true),
  language('python', 'Python', 'socket', 'echo_server.py', 'echo_client.py', true),
  language('node', 'Node.js', 'node:net', 'echo-server.js', 'echo-client.js', true),
  language('go', 'Go', 'net', 'echo-server.go', 'echo-client.go', false),
  language('java', 'Java', 'java.net', 'EchoServer.java', 'EchoClient.java', false),
  language('swift', 'Swift', 'Network.framework', 'EchoServer.swift', 'EchoClient.swift', false),
  language('objective-c', 'Objective-C', 'CocoaAsyncSocket', 'EchoServer.m', 'EchoClient.m', false),
];

/** The calls that the files are cut at, in their order. */
export const CALLS = {
  server: ['socket', 'bind', 'listen', 'accept', 'read', 'write', 'close'],
  client: ['socket', 'connect', 'write', 'read', 'close'],
} as const;

/** Which of the two programs. */
export type CodeRole = keyof typeof CALLS;

/** One part of a file: what comes before the first call, or a call. */
export interface CodePart {
  /** `null` for what comes before the first call. */
  readonly call: string | null;
  readonly code: string;
}

/** Cuts a file at its marks, `//: read` or `#: read`; the marks are left out, and empty lines at the ends of a part. */
export function partsOf(text: string): readonly CodePart[] {
  const parts: { call: string | null; lines: string[] }[] = [{ call: null, lines: [] }];
  for (const line of text.split('\n')) {
    const call = /^\s*(?:\/\/|#): (\w+)$/.exec(line)?.[1];
    if (call) parts.push({ call, lines: [] });
    else parts.at(-1)?.lines.push(line);
  }
  return parts.map(({ call, lines }) => ({ call, code: lines.join('\n').replace(/^\n+|\s+$/g, '') }));
}

function language(
  id: CodeLanguage['id'],
  name: string,
  library: string,
  server: string,
  client: string,
  runByTests: boolean,
): CodeLanguage {
  return { id, name, library, server, client, runByTests };
}
