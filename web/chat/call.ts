/** A video call of two: WebRTC, whose first words go over the chat. https://www.w3.org/TR/webrtc/ */
import { createStore, type StoreApi } from 'zustand/vanilla';

/** A step of signalling. */
export type CallStep = 'offer' | 'answer' | 'candidate' | 'hangup';

/** Why there is no camera or microphone. */
export type MediaProblem = 'insecure' | 'denied' | 'none' | 'busy' | 'failed';

/** Where a call is. */
export interface CallState {
  readonly phase: 'idle' | 'asking' | 'calling' | 'ringing' | 'connecting' | 'talking' | 'ended';
  /** The user at the other end. */
  readonly peer: string;
  readonly local: MediaStream | null;
  readonly remote: MediaStream | null;
  readonly problem: MediaProblem | null;
  /** Why it ended, in the server's words; mostly empty. */
  readonly reason: string;
}

const IDLE: CallState = { phase: 'idle', peer: '', local: null, remote: null, problem: null, reason: '' };

/** What a call needs from outside. */
export interface CallOptions {
  /** Sends a step to the other end. */
  readonly send: (to: string, callId: string, step: CallStep, payload: string) => void;
  readonly media: () => Promise<MediaStream | MediaProblem>;
  readonly peerConnection: () => RTCPeerConnection;
  readonly newId: () => string;
}

/** The call of one seat; one at a time. */
export class Call {
  readonly store: StoreApi<CallState> = createStore<CallState>(() => IDLE);
  readonly #options: CallOptions;
  #id = '';
  #to = '';
  #offer = '';
  #connection: RTCPeerConnection | null = null;
  /** Candidates that came before there was a description to add them to. */
  #early: string[] = [];

  constructor(options: CallOptions) {
    this.#options = options;
  }

  /** Calls a user. */
  async start(peer: string): Promise<void> {
    if (this.#isBusy()) return;
    this.#begin(this.#options.newId(), peer);
    this.store.setState({ ...IDLE, phase: 'asking', peer });
    const id = this.#id;
    if (!(await this.#open()) || this.#id !== id) return;
    const description = await this.#connection?.createOffer();
    await this.#connection?.setLocalDescription(description);
    this.store.setState({ phase: 'calling' });
    this.#send('offer', JSON.stringify(this.#connection?.localDescription));
  }

  /** Takes the call that rings. */
  async accept(): Promise<void> {
    if (this.store.getState().phase !== 'ringing') return;
    this.store.setState({ phase: 'asking' });
    const id = this.#id;
    if (!(await this.#open()) || this.#id !== id) return;
    await this.#describe(this.#offer);
    const description = await this.#connection?.createAnswer();
    await this.#connection?.setLocalDescription(description);
    this.store.setState({ phase: 'connecting' });
    this.#send('answer', JSON.stringify(this.#connection?.localDescription));
  }

  /** Ends the call, or refuses it. */
  hangUp(): void {
    if (this.#isBusy()) this.#send('hangup', '');
    this.#end('');
  }

  /** A step came from the other end. */
  async receive(from: string, callId: string, step: CallStep, payload: string): Promise<void> {
    if (step === 'offer') this.#ring(from, callId, payload);
    else if (callId !== this.#id) return;
    else if (step === 'hangup') this.#end(payload);
    else if (step === 'candidate') await this.#addCandidate(payload);
    else if (this.store.getState().phase === 'calling') {
      // From here on only the session that answered is meant.
      this.#to = from;
      this.store.setState({ phase: 'connecting' });
      await this.#describe(payload);
    }
  }

  /** The connection of the seat is gone. */
  close(): void {
    this.#end('');
    this.store.setState(IDLE);
  }

  #isBusy(): boolean {
    const { phase } = this.store.getState();
    return phase !== 'idle' && phase !== 'ended';
  }

  #begin(id: string, to: string): void {
    this.#id = id;
    this.#to = to;
    this.#early = [];
  }

  #ring(from: string, callId: string, offer: string): void {
    if (this.#isBusy()) {
      this.#options.send(from, callId, 'hangup', '');
      return;
    }
    this.#begin(callId, from);
    this.#offer = offer;
    this.store.setState({ ...IDLE, phase: 'ringing', peer: from.split('/')[0] ?? from });
  }

  /** Asks for camera and microphone and makes the connection; `false` when there are none. */
  async #open(): Promise<boolean> {
    const id = this.#id;
    const media = await this.#options.media();
    if (typeof media === 'string') {
      if (this.#id !== id) return false;
      this.#send('hangup', '');
      this.#end('');
      this.store.setState({ problem: media });
      return false;
    }
    if (this.#id !== id || !this.#isBusy()) {
      stop(media);
      return false;
    }
    this.#connect(media);
    return true;
  }

  #connect(media: MediaStream): void {
    const connection = this.#options.peerConnection();
    this.#connection = connection;
    this.store.setState({ local: media });
    for (const track of media.getTracks()) connection.addTrack(track, media);
    connection.onicecandidate = ({ candidate }) => {
      if (candidate) this.#send('candidate', JSON.stringify(candidate));
    };
    connection.ontrack = ({ streams: [remote] }) => this.store.setState({ remote: remote ?? null });
    connection.onconnectionstatechange = () => {
      if (connection.connectionState === 'connected') this.store.setState({ phase: 'talking' });
      else if (connection.connectionState === 'failed') this.hangUp();
    };
  }

  async #describe(payload: string): Promise<void> {
    const description = parseObject(payload);
    if (!description || !this.#connection) return;
    await this.#connection.setRemoteDescription(description as unknown as RTCSessionDescriptionInit);
    for (const candidate of this.#early.splice(0)) await this.#addCandidate(candidate);
  }

  async #addCandidate(payload: string): Promise<void> {
    if (!this.#connection?.remoteDescription) {
      this.#early.push(payload);
      return;
    }
    const candidate = parseObject(payload);
    if (candidate) await this.#connection.addIceCandidate(candidate);
  }

  #send(step: CallStep, payload: string): void {
    this.#options.send(this.#to, this.#id, step, payload);
  }

  #end(reason: string): void {
    const { local, phase } = this.store.getState();
    if (phase === 'idle') return;
    this.#connection?.close();
    this.#connection = null;
    this.#id = '';
    if (local) stop(local);
    this.store.setState({ phase: 'ended', local: null, remote: null, reason });
  }
}

function stop(media: MediaStream): void {
  for (const track of media.getTracks()) track.stop();
}

function parseObject(payload: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(payload);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
