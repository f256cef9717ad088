/** Steps of a call, in an element of our own: `<call id='k1' step='offer'>v=0 …</call>` within a message. It is not Jingle. */
import { MAX_CALL_PAYLOAD_CHARS } from '#protocol/chat-limits.ts';
import type { CallStep, Signal } from '../../chat/message.ts';
import { NS } from './namespaces.ts';
import { StanzaError } from './stanza-error.ts';
import { type XmlElement, xml } from './xml/element.ts';

type CallSignal = Extract<Signal, { type: 'call' }>;

const STEPS: ReadonlySet<string | undefined> = new Set(['offer', 'answer', 'candidate', 'hangup']);

/** Longest id of a call, in UTF-16 units. */
const MAX_CALL_ID_CHARS = 128;

/** The step in a stanza; `null`: there is none. Throws a StanzaError when it is malformed. */
export function callIn(stanza: XmlElement): CallSignal | null {
  const call = stanza.child('call', NS.call);
  if (!call) return null;
  const { id: callId = '', step } = call.attrs;
  if (!isStep(step) || callId === '' || callId.length > MAX_CALL_ID_CHARS) {
    throw new StanzaError('bad-request', 'A call has an id, and a step: offer, answer, candidate or hangup.');
  }
  const payload = call.text;
  if (payload.length > MAX_CALL_PAYLOAD_CHARS) {
    throw new StanzaError('policy-violation', `A step of a call has ${MAX_CALL_PAYLOAD_CHARS} characters at the most.`);
  }
  return { type: 'call', step, callId, payload };
}

/** A step as an element. */
export function callElement({ step, callId, payload }: CallSignal): XmlElement {
  return xml(NS.call, 'call', { id: callId, step }, payload === '' ? null : payload);
}

function isStep(step: string | undefined): step is CallStep {
  return STEPS.has(step);
}
