import { Colours } from './Colours.tsx';
import s from './FoldView.module.css';
import type { Fold } from './fold.ts';
import type { ProtocolId } from './speakers/speaker.ts';

/** A tree of an object or stanza; each node with something within can be folded. */
export function FoldView({ protocol, fold }: { readonly protocol: ProtocolId; readonly fold: Fold }) {
  if (fold.inner.length === 0) {
    return (
      <code className={s.leaf}>
        <Colours protocol={protocol} text={fold.head} />
      </code>
    );
  }
  // The nodes of one tree never change places.
  const nodes = fold.inner.map((inner, index) => ({ key: `${index}`, inner }));
  return (
    <details open className={s.node}>
      <summary>
        <code>
          <Colours protocol={protocol} text={fold.head} />
          <span className={s.hidden}> … {fold.tail}</span>
        </code>
      </summary>
      <div className={s.inner}>
        {nodes.map(({ key, inner }) => (
          <FoldView key={key} protocol={protocol} fold={inner} />
        ))}
      </div>
      <code className={s.leaf}>
        <Colours protocol={protocol} text={fold.tail} />
      </code>
    </details>
  );
}
