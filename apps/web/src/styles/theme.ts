import { Store, useStore } from '../store.ts';

/** `system`: as the machine has it. */
export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const key = 'cordboard.theme';
const isTheme = (text: string | null): text is Theme => themes.some((theme) => theme === text);

const kept = localStorage.getItem(key);
const theme = new Store<Theme>(isTheme(kept) ? kept : 'system');

const show = (chosen: Theme): void => {
  if (chosen === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = chosen;
};
show(theme.get());

export const chooseTheme = (chosen: Theme): void => {
  localStorage.setItem(key, chosen);
  show(chosen);
  theme.set(chosen);
};

export const useTheme = (): Theme => useStore(theme);
