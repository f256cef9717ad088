import { type ComponentType, type ReactNode, useCallback, useLayoutEffect, useState } from 'react';
import { usePageWords } from '../i18n/react.tsx';

/**
 * A component whose code and words are fetched when it is first shown, both at once. React's own `lazy` holds what has
 * arrived back until 300 ms after it showed a fallback, once for each level that waits; this one shows it as soon as it is
 * there. A failed fetch is thrown to the nearest error boundary and tried again when the component is shown anew.
 *
 * @param load Fetches the component, such as `async () => (await import('./Page.tsx')).Page`.
 * @param rooms Whose words it and all that it imports needs; a test (`web/i18n/rooms.test.ts`) knows them.
 * @param Waiting Shown meanwhile; default nothing.
 */
export function lazily<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  rooms: readonly string[],
  Waiting?: ComponentType,
): (props: Props) => ReactNode {
  let found: ComponentType<Props> | null = null;
  let loading: Promise<void> | null = null;
  const fetchOnce = () => {
    loading ??= load().then(
      (component) => {
        found = component;
      },
      (error: unknown) => {
        loading = null;
        throw error;
      },
    );
    return loading;
  };
  return function Lazily(props: Props) {
    const words = usePageWords();
    const fetchBoth = useCallback(() => Promise.all([fetchOnce(), words.bring(rooms)]), [words]);
    const isThere = found !== null && words.has(rooms);
    useFetched(isThere, fetchBoth);
    const Found = found;
    if (Found && isThere) return <Found {...props} />;
    return Waiting ? <Waiting /> : null;
  };
}

/** Draws anew when `fetchOnce` has done its work, and throws what it throws. */
function useFetched(isThere: boolean, fetchOnce: () => Promise<unknown>): void {
  const [outcome, setOutcome] = useState<{ readonly error?: unknown } | null>(null);
  // Before the paint: a tenth of a second earlier than an effect after it on a slow machine.
  useLayoutEffect(() => {
    if (isThere) return;
    let wanted = true;
    const settle = (result: { readonly error?: unknown }) => {
      if (wanted) setOutcome(result);
    };
    fetchOnce().then(
      () => settle({}),
      (error: unknown) => settle({ error }),
    );
    return () => {
      wanted = false;
    };
  }, [isThere, fetchOnce]);
  if (outcome !== null && 'error' in outcome) throw outcome.error;
}
