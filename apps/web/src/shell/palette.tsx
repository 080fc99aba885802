import { type KeyboardEvent, useId, useState } from 'react';
import { isFound } from '../board/find.ts';
import { callsInOrder } from '../board/order.ts';
import { who } from '../board/who.ts';
import type { BoardPicture } from '../feed/board-store.ts';
import { useBoard } from '../feed/feed-context.ts';
import { en } from '../i18n/en.ts';
import { fr } from '../i18n/fr.ts';
import { chooseLanguage, useWords, type Words } from '../i18n/language.ts';
import { Dialog } from '../kit/dialog.tsx';
import { attempt } from '../kit/failure.ts';
import { warn } from '../kit/notices.tsx';
import { roomsOf, signOut, type User } from '../session/session.ts';
import { chooseTheme, themes } from '../styles/theme.ts';
import { go } from './path.ts';
import './palette.css';

interface Entry {
  readonly id: string;
  readonly label: string;
  /** What else it is found by. */
  readonly beside: string;
  readonly run: () => void;
}

const mostShown = 12;

/** Everything that can be done, found by a few letters: Ctrl K. */
export const Palette = ({ user, onClose }: { readonly user: User; readonly onClose: () => void }) => {
  const words = useWords();
  const board = useBoard();
  const list = useId();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const entries = [...commands(words, user), ...(text === '' || board === undefined ? [] : calls(words, board))]
    .filter(({ label, beside }) => isFound(text, label, beside))
    .slice(0, mostShown);
  const chosen = entries[Math.min(at, entries.length - 1)];

  const run = (entry: Entry | undefined): void => {
    if (entry === undefined) return;
    onClose();
    entry.run();
  };
  const pressed = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') run(chosen);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    setAt((Math.min(at, entries.length - 1) + step + entries.length) % Math.max(1, entries.length));
  };

  return (
    <Dialog title={words.shell.palette} onClose={onClose}>
      <input
        className="palette-input"
        role="combobox"
        aria-expanded="true"
        aria-controls={list}
        aria-label={words.shell.paletteHint}
        {...(chosen === undefined ? {} : { 'aria-activedescendant': `${list}-${chosen.id}` })}
        autoComplete="off"
        spellCheck={false}
        placeholder={words.shell.paletteHint}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={pressed}
      />
      <div id={list} role="listbox" aria-label={words.shell.palette} className="palette-list">
        {entries.map((entry) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the combobox's
          <div
            key={entry.id}
            id={`${list}-${entry.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={entry === chosen}
            className="palette-entry"
            onClick={() => run(entry)}
          >
            <span>{entry.label}</span>
            <span className="quiet small">{entry.beside}</span>
          </div>
        ))}
      </div>
      {entries.length === 0 ? <p className="dialog-text">{words.shell.nothingFound(text)}</p> : null}
    </Dialog>
  );
};

const commands = (words: Words, user: User): readonly Entry[] => [
  ...roomsOf(user).map((room) => ({
    id: room,
    label: words.shell.goTo(words.rooms[room]),
    beside: `/${room}`,
    run: () => go(`/${room}`),
  })),
  { id: 'big', label: words.shell.bigScreen, beside: '/board/big', run: () => go('/board/big') },
  { id: 'en', label: en.languageName, beside: words.shell.language, run: () => chooseLanguage('en') },
  { id: 'fr', label: fr.languageName, beside: words.shell.language, run: () => chooseLanguage('fr') },
  ...themes.map((theme) => ({
    id: theme,
    label: words.shell.themes[theme],
    beside: words.shell.theme,
    run: () => chooseTheme(theme),
  })),
  {
    id: 'sign-out',
    label: words.actions.signOut,
    beside: user.name,
    run: () => void attempt(words, signOut, warn),
  },
];

const calls = (words: Words, board: BoardPicture): readonly Entry[] =>
  callsInOrder(board.calls.values()).map((call) => ({
    id: call.id,
    label: who(words, call),
    beside: `${call.ani} · ${words.places[call.place]}`,
    run: () => go(`/board/calls/${encodeURIComponent(call.id)}`),
  }));
