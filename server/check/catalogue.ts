import type { Challenge } from './challenge.ts';
import { chatJson } from './challenges/chat-json.ts';
import { chatRoom } from './challenges/chat-room.ts';
import { clientEcho } from './challenges/client-echo.ts';
import { clientHttp } from './challenges/client-http.ts';
import { clientLines } from './challenges/client-lines.ts';
import { crowd } from './challenges/crowd.ts';
import { echo } from './challenges/echo.ts';
import { halfClose } from './challenges/half-close.ts';
import { http } from './challenges/http.ts';
import { keyValue } from './challenges/key-value.ts';
import { lengthPrefix } from './challenges/length-prefix.ts';
import { lines } from './challenges/lines.ts';
import { time } from './challenges/time.ts';
import { udpEcho } from './challenges/udp-echo.ts';

/** Every challenge, in the order that teaches best; servers first, then clients. */
export const CHALLENGES: readonly Challenge[] = [
  echo,
  udpEcho,
  time,
  lines,
  crowd,
  halfClose,
  keyValue,
  chatRoom,
  lengthPrefix,
  http,
  chatJson,
  clientEcho,
  clientLines,
  clientHttp,
];

/** The challenge with this id. */
export function challengeById(id: string): Challenge | undefined {
  return CHALLENGES.find((challenge) => challenge.id === id);
}
