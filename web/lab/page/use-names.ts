import type { HostId } from '../net/link-settings.ts';
import { useLabState } from './lab-context.tsx';

/** Names of the hosts of the run that is shown. */
export function useNames(): Readonly<Record<HostId, string>> {
  const { hosts } = useLabState((state) => state.run.setup);
  return { a: hosts.a.name, b: hosts.b.name };
}
