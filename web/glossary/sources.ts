/** A piece of a text: plain, or the name of a place in an RFC with its address. */
export interface TextPiece {
  readonly text: string;
  readonly href: string | null;
}

const RFC = /RFC (\d+)(?: §(\d+(?:\.\d+)*))?/g;

/** A text with the RFCs and sections that it names made into links: `RFC 9293 §3.6`. */
export function withSources(text: string): readonly TextPiece[] {
  const pieces: TextPiece[] = [];
  let from = 0;
  for (const match of text.matchAll(RFC)) {
    const [name, number, section] = match;
    if (match.index > from) pieces.push({ text: text.slice(from, match.index), href: null });
    const address = `https://www.rfc-editor.org/rfc/rfc${number}`;
    pieces.push({ text: name, href: section === undefined ? address : `${address}#section-${section}` });
    from = match.index + name.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), href: null });
  return pieces;
}
