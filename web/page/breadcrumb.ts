import { useEffect } from 'react';
import { createStore } from 'zustand/vanilla';

/** One step of the path shown in the top bar. Without `href` it is where the learner is. */
export interface Crumb {
  readonly label: string;
  readonly href?: string;
}

/** Path of the page now shown. */
export const breadcrumbStore = createStore<{ readonly crumbs: readonly Crumb[] }>(() => ({ crumbs: [] }));

/** Name of the product, last in every document title. */
const PRODUCT = 'Porthole';

/** Says where the learner is: in the top bar and in the tab's title. */
export function useBreadcrumb(crumbs: readonly Crumb[]): void {
  const key = JSON.stringify(crumbs);
  useEffect(() => {
    const now: readonly Crumb[] = JSON.parse(key);
    breadcrumbStore.setState({ crumbs: now });
    const here = now.at(-1)?.label;
    document.title = here ? `${here} · ${PRODUCT}` : PRODUCT;
  }, [key]);
}
