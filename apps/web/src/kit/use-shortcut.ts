import { useEffect, useRef } from 'react';

/** As it is written in a tooltip. */
export const shortcutName = (letter: string): string => `Alt+${letter.toUpperCase()}`;

/**
 * Alt and a letter do something, wherever the focus is, but not behind a dialog. A letter alone would be pressed while one
 * writes: https://www.w3.org/TR/WCAG22/#character-key-shortcuts
 * @param act undefined: nothing can be done by it now.
 */
export const useShortcut = (letter: string, act: (() => void) | undefined): void => {
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      const { altKey, ctrlKey, metaKey, shiftKey, repeat } = event;
      if (!altKey || ctrlKey || metaKey || shiftKey || !isLetter(event, letter)) return;
      if (latest.current === undefined || document.querySelector('dialog[open]') !== null) return;
      event.preventDefault();
      if (!repeat) latest.current();
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, [letter]);
};

/** With Alt a Mac types another letter: then the key's place counts. */
const isLetter = ({ key, code }: KeyboardEvent, letter: string): boolean =>
  /^[a-z]$/i.test(key) ? key.toLowerCase() === letter : code === `Key${letter.toUpperCase()}`;
