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
    this.#send('offer', this.#connection?.localDescription?.sdp ?? '');
  }

  /** Takes the call that rings. */
  async accept(): Promise<void> {
    if (this.store.getState().phase !== 'ringing') return;
    this.store.setState({ phase: 'asking' });
    const id = this.#id;
    if (!(await this.#open()) || this.#id !== id) return;
    await this.#describe('offer', this.#offer);
    const description = await this.#connection?.createAnswer();
    await this.#connection?.setLocalDescription(description);
    this.store.setState({ phase: 'connecting' });
    this.#send('answer', this.#connection?.localDescription?.sdp ?? '');
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
      await this.#describe('answer', payload);
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
      if (candidate) this.#send('candidate', formatCandidate(candidate));
    };
    connection.ontrack = ({ streams: [remote] }) => this.store.setState({ remote: remote ?? null });
    connection.onconnectionstatechange = () => {
      if (connection.connectionState === 'connected') this.store.setState({ phase: 'talking' });
      else if (connection.connectionState === 'failed') this.hangUp();
    };
  }

  async #describe(type: 'offer' | 'answer', payload: string): Promise<void> {
    if (!this.#connection) return;
    try {
      // XML makes one LF of the CR LF at the ends of SDP's lines (XML 1.0 §2.11).
      await this.#connection.setRemoteDescription({ type, sdp: payload.replace(/\r?\n/g, '\r\n') });
    } catch (error) {
      // Somebody wrote it by hand, perhaps: what the browser says of it helps.
      this.#fail(error instanceof Error ? error.message : '');
      return;
    }
    for (const candidate of this.#early.splice(0)) await this.#addCandidate(candidate);
  }

  async #addCandidate(payload: string): Promise<void> {
    if (!this.#connection?.remoteDescription) {
      this.#early.push(payload);
      return;
    }
    // One that the browser does not understand is no loss while others do.
    await this.#connection.addIceCandidate(parseCandidate(payload)).catch(() => {});
  }

  /** Ends the call, for both ends. */
  #fail(reason: string): void {
    this.#send('hangup', '');
    this.#end(reason);
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

/** `0 candidate:…`: the description's part that it belongs to, and the candidate as SDP writes it (RFC 8839 §5.1). */
function formatCandidate({ sdpMid, candidate }: RTCIceCandidate): string {
  return `${sdpMid ?? ''} ${candidate}`;
}

function parseCandidate(payload: string): RTCIceCandidateInit {
  const space = payload.indexOf(' ');
  return { sdpMid: payload.slice(0, Math.max(space, 0)), candidate: payload.slice(space + 1) };
}
