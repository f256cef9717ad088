import type { MediaProblem } from './call.ts';

/**
 * Asks for camera and microphone. A page that came over plain HTTP from another machine is not given them: the browser
 * then has no `mediaDevices` at all.
 */
export async function askForMedia(what: MediaStreamConstraints): Promise<MediaStream | MediaProblem> {
  if (!window.isSecureContext || !navigator.mediaDevices) return 'insecure';
  try {
    return await navigator.mediaDevices.getUserMedia(what);
  } catch (error) {
    return problemOf(error instanceof DOMException ? error.name : '');
  }
}

/** The names are those of the Media Capture specification §10.3. */
function problemOf(name: string): MediaProblem {
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'none';
    case 'NotReadableError':
    case 'AbortError':
      return 'busy';
    default:
      return 'failed';
  }
}

/** What a recording came to. */
export interface Recorded {
  readonly blob: Blob;
  readonly mime: string;
}

/** A voice note that is being recorded. */
export interface Recorder {
  /** Ends it and gives what was said; `null` when there is nothing. */
  stop(): Promise<Recorded | null>;
}

/** How often what was recorded is handed over, and how long to wait for the first of it when the recording is to end. */
const SLICE_MS = 100;
const FIRST_SOUND_MS = 2_000;

/** Starts to record from the microphone. */
export async function recordVoice(): Promise<Recorder | MediaProblem> {
  const media = await askForMedia({ audio: true });
  if (typeof media === 'string') return media;
  const recorder = new MediaRecorder(media);
  const parts: Blob[] = [];
  const sound = new Promise<void>((resolve) => {
    recorder.ondataavailable = ({ data }) => {
      parts.push(data);
      if (data.size > 0) resolve();
    };
  });
  recorder.start(SLICE_MS);
  return {
    stop: async () => {
      // Whoever stops at once would send a file without sound.
      await Promise.race([sound, new Promise((resolve) => setTimeout(resolve, FIRST_SOUND_MS))]);
      await new Promise<void>((resolve) => {
        recorder.onstop = () => resolve();
        recorder.stop();
      });
      for (const track of media.getTracks()) track.stop();
      // `audio/webm;codecs=opus`: the parameter is not part of the type's name.
      const mime = recorder.mimeType.split(';', 1)[0] ?? '';
      const blob = new Blob(parts, { type: mime });
      return blob.size > 0 ? { blob, mime } : null;
    },
  };
}
