import type { EndState } from './end-states.ts';

/** How a lifeline is drawn: waiting, carrying octets, ending, lingering, gone, or not known. */
export type StateTone = 'listen' | 'open' | 'closing' | 'lingering' | 'none' | 'unknown';

/** The look of a state. */
function toneOf(state: Pick<EndState, 'name'> | null): StateTone {
  if (!state) return 'unknown';
  switch (state.name) {
    case 'LISTEN':
    case 'SYN-SENT':
    case 'SYN-RECEIVED':
      return 'listen';
    case 'ESTABLISHED':
      return 'open';
    case 'CLOSE-WAIT':
    case 'FIN-WAIT':
    case 'FIN-WAIT-1':
    case 'CLOSING':
    case 'FIN-WAIT-2':
    case 'LAST-ACK':
      return 'closing';
    case 'TIME-WAIT':
      return 'lingering';
    case 'CLOSED':
      return 'none';
    default:
      return state.name satisfies never;
  }
}

/** Names of one lifeline's segment, for the style sheet. */
export function segment(state: EndState | null): { readonly 'data-tone': StateTone; readonly 'data-evidence': string } {
  return { 'data-tone': toneOf(state), 'data-evidence': state?.evidence ?? 'none' };
}
