import { type TerminalMessage, terminalMessageSchema } from '#protocol/terminal-messages.ts';

/** The server's message, or `null` where it is none of the contract's. */
export function parseMessage(text: string): TerminalMessage | null {
  try {
    const result = terminalMessageSchema.safeParse(JSON.parse(text));
    return result.success ? result.data : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
