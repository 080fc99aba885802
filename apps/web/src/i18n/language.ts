import { createContext, useContext } from 'react';
import { Store, useStore } from '../store.ts';
import { en } from './en.ts';
import { fr } from './fr.ts';

/** Every sentence that the pages say. French that lacks one does not compile. */
export type Words = typeof en;
export const languages = ['en', 'fr'] as const;
export type Language = (typeof languages)[number];

const catalogues: Readonly<Record<Language, Words>> = { en, fr };
const key = 'cordboard.language';

const isLanguage = (text: string | null): text is Language => text === 'en' || text === 'fr';

/** What was chosen here before; else the browser's. */
const initial = (): Language => {
  const chosen = localStorage.getItem(key);
  if (isLanguage(chosen)) return chosen;
  return navigator.language.startsWith('fr') ? 'fr' : 'en';
};

const language = new Store<Language>(initial());

const show = (chosen: Language): void => {
  document.documentElement.lang = chosen;
  language.set(chosen);
};
show(language.get());

/** Chosen by hand: it holds in this browser from now on. */
export const chooseLanguage = (chosen: Language): void => {
  localStorage.setItem(key, chosen);
  show(chosen);
};

/** The language that the directory knows for this user holds until they choose another. */
export const suggestLanguage = (suggested: Language): void => {
  if (localStorage.getItem(key) === null) show(suggested);
};

/** For a part of a page that speaks another language than the rest. */
export const LanguageContext = createContext<Language | undefined>(undefined);

export const useLanguage = (): Language => {
  const chosen = useStore(language);
  return useContext(LanguageContext) ?? chosen;
};
export const useWords = (): Words => catalogues[useLanguage()];
