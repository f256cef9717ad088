import s from './Colours.module.css';
import { highlightJson, highlightLine, highlightXml, type Token } from './highlight.ts';
import type { ProtocolId } from './speakers/speaker.ts';

/** Text of the wire, coloured by what its pieces are in that protocol. */
export function Colours({ protocol, text }: { readonly protocol: ProtocolId; readonly text: string }) {
  let at = 0;
  return highlight(protocol, text).map((token) => {
    at += token.text.length;
    return (
      <span key={at} className={s[token.kind]}>
        {visibleEnds(token.text)}
      </span>
    );
  });
}

/** The end of a line is what ends it, so it is shown. */
function visibleEnds(text: string): string {
  return text.replaceAll('\r', '\\r').replaceAll('\n', '\\n');
}

function highlight(protocol: ProtocolId, text: string): Token[] {
  switch (protocol) {
    case 'json':
      return highlightJson(text);
    case 'xmpp':
      return highlightXml(text);
    case 'lines':
      return highlightLine(text);
    default:
      return protocol satisfies never;
  }
}
