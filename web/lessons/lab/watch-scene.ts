import type { LabSighting } from '#lessons/lab-checks.ts';
import { SightingReader } from '../../lab/lesson/sightings.ts';
import type { Run } from '../../lab/net/run.ts';
import type { LabSession } from '../../lab/page/lab-session.ts';

/** Tells of what happens in the runs of a session, each thing once; returns what ends that. */
export function watchScene(session: LabSession, tell: (seen: readonly LabSighting[]) => void): () => void {
  let watched: { readonly run: Run; readonly reader: SightingReader } | null = null;
  const look = (): void => {
    const { run } = session.store.getState();
    if (watched?.run !== run) watched = { run, reader: new SightingReader(run) };
    const seen = watched.reader.take();
    if (seen.length > 0) tell(seen);
  };
  look();
  return session.store.subscribe(look);
}
