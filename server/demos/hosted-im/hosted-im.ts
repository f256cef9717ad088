/**
 * Hosted messaging: REST, tokens and a WebSocket on the chat core, in the shape that services have which one rents.
 * Described by /openapi.json.
 */
import { randomBytes } from 'node:crypto';
import type { Chat } from '../../chat/chat.ts';
import type { Scheduler } from '../../chat/scheduler.ts';
import type { Demo } from '../demo.ts';
import { HostedService } from './service.ts';
import { createSite } from './site.ts';

/** What the demo is made from: the chat that all protocols share. */
export interface HostedImOptions {
  readonly chat: Chat;
  readonly scheduler: Scheduler;
}

/** TCP on 7030. */
export function createHostedIm({ chat, scheduler }: HostedImOptions): Demo {
  return {
    id: 'hosted-im',
    port: 7030,
    transports: ['tcp'],
    start: ({ now }) => {
      const nowMs = (): number => now().getTime();
      const service = new HostedService({ chat, nowMs, random: randomBytes });
      return createSite({ service, scheduler, nowMs });
    },
  };
}
