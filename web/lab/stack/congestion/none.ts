/** No congestion control: whatever the receiver's window allows, as in RFC 793 before 1988. */
import { type CongestionControl, type CongestionVariables, MAX_WINDOW_OCTETS } from './control.ts';

const open = (tcb: CongestionVariables): void => {
  tcb.cwnd = MAX_WINDOW_OCTETS;
};

/** `cwnd` is as large as any window can be, whatever happens. */
export const none: CongestionControl = {
  name: 'none',
  begin: open,
  acknowledged: open,
  lost: open,
  timedOut: open,
  collapse: open,
  restart: open,
};
