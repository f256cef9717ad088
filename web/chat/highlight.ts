/** Text of the wire cut into coloured pieces. Nothing is changed: all pieces together are the text. */

/** What a piece is. */
export type TokenKind = 'name' | 'text' | 'value' | 'mark';

/** One piece. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

/** A key and its colon; a string; a number or word; anything else, one character. */
const JSON_TOKEN = /("(?:[^"\\]|\\.)*")(?=\s*:)|("(?:[^"\\]|\\.)*"?)|(-?\d[\d.eE+-]*|true|false|null)|([^"\d\w-]+|.)/gs;

/** A tag's beginning with its name; a quoted value; an attribute's name; the end of a tag. */
const TAG_TOKEN = /(<\/?[^\s/>]*|\/?>|\?>)|("[^"]*"?|'[^']*'?)|([^\s"'=<>/]+)|(.)/gs;

/** Cuts JSON. What is no JSON comes back, too, as well as it can be told. */
export function highlightJson(text: string): Token[] {
  return joined(
    Array.from(text.matchAll(JSON_TOKEN), ([piece, name, string, value]) => {
      if (name !== undefined) return { kind: 'name', text: piece };
      if (string !== undefined) return { kind: 'text', text: piece };
      return { kind: value === undefined ? 'mark' : 'value', text: piece };
    }),
  );
}

/** Cuts XML. */
export function highlightXml(text: string): Token[] {
  const tokens: Token[] = [];
  for (const piece of text.split(/(<[^>]*>?)/)) {
    if (piece.startsWith('<')) tokens.push(...tagTokens(piece));
    else if (piece !== '') tokens.push({ kind: 'text', text: piece });
  }
  return joined(tokens);
}

/** Cuts a line of the chat by lines: who says it, and what. */
export function highlightLine(text: string): Token[] {
  const who = /^(?:<[^>]*> |\* )/.exec(text)?.[0] ?? '';
  const end = /[\r\n]+$/.exec(text)?.[0] ?? '';
  const said = text.slice(who.length, text.length - end.length);
  return joined([
    { kind: 'name', text: who },
    { kind: 'text', text: said },
    { kind: 'mark', text: end },
  ]);
}

function tagTokens(tag: string): Token[] {
  return Array.from(tag.matchAll(TAG_TOKEN), ([piece, bracket, value, name]) => {
    if (bracket !== undefined) return { kind: 'name', text: piece };
    if (value !== undefined) return { kind: 'value', text: piece };
    return { kind: name === undefined ? 'mark' : 'text', text: piece };
  });
}

/** Neighbours of one kind are one piece: fewer elements on the page. */
function joined(tokens: readonly Token[]): Token[] {
  const pieces: Token[] = [];
  for (const token of tokens) {
    const last = pieces.at(-1);
    if (token.text === '') continue;
    if (last?.kind === token.kind) pieces[pieces.length - 1] = { kind: last.kind, text: last.text + token.text };
    else pieces.push(token);
  }
  return pieces;
}
