import type { Socket } from 'node:net';

/**
 * Takes what comes line by line, as a program under check should.
 *
 * @param perRead takes each read for a line, as a program must not; default: false
 */
export function onLines(socket: Socket, take: (line: string) => void, { perRead = false } = {}): void {
  let held = '';
  socket.setEncoding('utf8');
  socket.on('data', (text: string) => {
    if (perRead) return take(text.trimEnd());
    const lines = (held + text).split('\n');
    held = lines.pop() ?? '';
    for (const line of lines) take(line);
  });
}
