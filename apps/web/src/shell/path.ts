import { Store, useStore } from '../store.ts';

const path = new Store(location.pathname);
addEventListener('popstate', () => path.set(location.pathname));

/** Goes to another page without loading it anew. */
export const go = (to: string): void => {
  if (to === location.pathname) return;
  history.pushState(null, '', to);
  path.set(to);
};

/** Goes there in place of the page that one is on. */
export const goInstead = (to: string): void => {
  history.replaceState(null, '', to);
  path.set(to);
};

export const usePath = (): string => useStore(path);
