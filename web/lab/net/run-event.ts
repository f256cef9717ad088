/** One thing that happened in a run, in the order in which it happened: what is stepped through and jumped to. */

import type { TcpState } from '#packets/tcp-state.ts';
import type { Because } from '../stack/because.ts';
import type { Answer, Call, SocketId } from '../stack/calls.ts';
import type { Notice } from '../stack/notices.ts';
import type { SimTime } from '../stack/time.ts';
import type { HostId } from './link-settings.ts';

/** `packet` is a PacketRecord's id. */
export type RunEvent =
  | { readonly kind: 'sent'; readonly at: SimTime; readonly host: HostId; readonly packet: number }
  | {
      readonly kind: 'arrived';
      readonly at: SimTime;
      readonly host: HostId;
      readonly packet: number;
      readonly copy: number;
    }
  | { readonly kind: 'lost'; readonly at: SimTime; readonly host: HostId; readonly packet: number }
  | {
      readonly kind: 'state';
      readonly at: SimTime;
      readonly host: HostId;
      readonly connection: number;
      readonly socket: SocketId | null;
      readonly from: TcpState;
      readonly to: TcpState;
      readonly because: Because;
    }
  /** A program called its host. */
  | {
      readonly kind: 'call';
      readonly at: SimTime;
      readonly host: HostId;
      readonly program: number;
      readonly call: Call;
      readonly answer: Answer;
    }
  /** A program was told something. */
  | {
      readonly kind: 'notice';
      readonly at: SimTime;
      readonly host: HostId;
      readonly program: number;
      readonly notice: Notice;
    }
  /** A program printed a line (`console.log`), ended, or failed. */
  | {
      readonly kind: 'output';
      readonly at: SimTime;
      readonly host: HostId;
      readonly program: number;
      readonly text: string;
      readonly failed: boolean;
      /** Line of the program's text, from 1, where it is known. */
      readonly line: number | null;
    };
