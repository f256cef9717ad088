import type { Program } from '../command.ts';
import { SEND_HIGH_WATER_BYTES } from '../limits.ts';
import type { Connection } from '../net/connect.ts';
import { finish, type PeerEnd, receive, send } from '../net/conversation.ts';
import { createTelnetReader, escapeTelnet, type TelnetToken, telnetNegotiation } from './telnet-codec.ts';
import { createTelnetOptions, type TelnetOptions } from './telnet-options.ts';
import { ESCAPE_OCTET } from './telnet-prompt.ts';

/** A connection that speaks Telnet as soon as the peer does. */
export interface TelnetConnection {
  readonly host: string;
  /** Resolves when the peer has ended or reset it. */
  readonly ended: Promise<PeerEnd>;
  /** Sets the keyboard as the options ask for. */
  begin(): void;
  /** Sends what was typed, in the network's form: ends of lines as CR LF, 255 doubled. */
  send(octets: Uint8Array): Promise<void>;
  /** Sends octets as they are. */
  sendRaw(octets: Uint8Array): Promise<void>;
  /** Stops and goes on showing what comes, as the telnet> prompt does. */
  hold(held: boolean): void;
  /** Lines of `status` about the mode. */
  modeLines(): readonly string[];
  /** Ends our direction; the peer may go on. */
  finish(): Promise<void>;
  /** Ends the connection; what the peer has not taken by now is lost. */
  close(): Promise<void>;
}

const ESCAPE = String.fromCharCode(ESCAPE_OCTET);

/** Line ends as RFC 854 "The NVT printer and keyboard" wants them; a lone carriage return is followed by NUL. */
function networkForm(octets: Uint8Array, characterMode: boolean): Uint8Array {
  const text = Buffer.from(octets).toString('latin1');
  const ends = characterMode
    ? text.replace(/\r/g, '\r\0')
    : text.replace(/\r?\n|\r/g, (end) => (end === '\r' ? '\r\0' : '\r\n'));
  return escapeTelnet(Buffer.from(ends, 'latin1'));
}

/** Takes over a connection that stands. */
export function openTelnetConnection(program: Program, { stream, target }: Connection): TelnetConnection {
  const reader = createTelnetReader();
  const options = createTelnetOptions();
  const shown = program.output.octets('received');
  const setKeyboard = () => setMode(program, options);
  const take = (token: TelnetToken) => {
    if (token.type === 'data') shown.write(token.octets);
    if (token.type !== 'negotiation') return;
    const answer = options.negotiate(token.verb, token.option);
    if (answer !== null && stream.writable) stream.write(telnetNegotiation(answer.verb, answer.option));
    setKeyboard();
  };
  const incoming = receive(program, stream, (octets) => {
    for (const token of reader.push(octets)) take(token);
    // A peer that asks and never reads the answers is not read any further either.
    if (stream.writableLength < SEND_HIGH_WATER_BYTES) return;
    incoming.hold(true);
    stream.once('drain', () => incoming.hold(false));
  });
  void incoming.ended.then(() => shown.end());

  return {
    host: target.host,
    ended: incoming.ended,
    begin: setKeyboard,
    async send(octets) {
      if (octets.length > 0) await send(stream, networkForm(octets, options.characterMode));
    },
    async sendRaw(octets) {
      await send(stream, octets);
    },
    hold(held) {
      incoming.hold(held);
      if (!held) setKeyboard();
    },
    modeLines: () => modeLines(options),
    finish: () => finish(stream),
    close: () => close(stream),
  };
}

function setMode({ tty }: Program, { characterMode, peerEchoes }: TelnetOptions): void {
  const lines = !characterMode;
  tty?.setMode({ lines, echo: !peerEchoes, signals: lines, ends: ESCAPE });
}

function modeLines({ characterMode, peerEchoes }: TelnetOptions): readonly string[] {
  return [
    characterMode ? 'Operating in single character mode' : 'Operating in obsolete linemode',
    peerEchoes ? 'Remote character echo' : 'Local character echo',
  ];
}

/** Like the real one it waits for nobody who does not read. */
async function close(stream: Connection['stream']): Promise<void> {
  if (stream.writableLength === 0) await finish(stream);
  stream.destroy();
}
