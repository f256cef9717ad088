import { useMemo } from 'react';
import { useMachine } from '../session/react.tsx';
import type { CommandSetting } from './demo-commands.ts';

/** Where commands will be typed: this machine, as the server describes it. */
export function useCommandSetting(): CommandSetting {
  const { machine } = useMachine();
  return useMemo(
    () => ({
      platform: machine?.platform ?? null,
      tools: machine?.tools ?? {},
      pageHost: window.location.hostname,
    }),
    [machine],
  );
}
