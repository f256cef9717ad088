import { useEffect, useState } from 'react';
import { systemClock } from '../session/clock.ts';
import { useSession } from '../session/react.tsx';
import { type LinkMade, makeFragment } from './link.ts';
import { makeRecording } from './make-recording.ts';
import { maskSecrets } from './mask-secrets.ts';
import type { Recording } from './recording.ts';
import { recordingJson } from './recording-json.ts';

/** A recording on its way, as the dialog shows it. */
export type Making =
  | { readonly state: 'making'; readonly done: number; readonly total: number }
  | {
      readonly state: 'made';
      readonly recording: Recording;
      readonly json: string;
      readonly link: LinkMade;
      /** Secrets that were found, masked or not. */
      readonly secrets: number;
    }
  | { readonly state: 'failed' };

const BEGUN: Making = { state: 'making', done: 0, total: 0 };

/** Makes a recording of one conversation, or of everything (`null`), as it is when this is first used. */
export function useMaking(conversation: number | null, masks: boolean): Making {
  const session = useSession();
  const [making, setMaking] = useState<Making>(BEGUN);
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const show = (next: Making) => {
      if (!signal.aborted) setMaking(next);
    };
    const progress = (done: number, total: number) => show({ state: 'making', done, total });
    const make = async (): Promise<Making> => {
      const made = await makeRecording({ session, conversation, clock: systemClock, signal, progress });
      const masked = maskSecrets(made);
      const recording = masks ? masked.recording : made;
      const json = recordingJson(recording);
      return { state: 'made', recording, json, link: await makeFragment(json), secrets: masked.secrets };
    };
    show(BEGUN);
    // Whatever it is (no memory for the text, octets that are no base64), it is said, and the dialog stays usable.
    make().then(show, () => show({ state: 'failed' }));
    return () => controller.abort();
  }, [session, conversation, masks]);
  return making;
}
