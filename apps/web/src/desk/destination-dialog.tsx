import type { Colleague } from '@cordboard/contracts';
import { Hash, Phone, UsersRound } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import { useAsked } from '../api/use-asked.ts';
import { useBoard } from '../feed/feed-context.ts';
import { useWords, type Words } from '../i18n/language.ts';
import { Button } from '../kit/button.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { Loading } from '../kit/empty.tsx';
import { StateMark } from '../kit/state-mark.tsx';
import { type Destination, destinations } from './destinations.ts';
import './destination-dialog.css';

/** What can be done with the one who is chosen; Enter does the first. */
interface DestinationDeed {
  readonly label: string;
  /** @returns why it was not done, in a sentence; undefined when it was. */
  readonly run: (destination: Destination) => Promise<string | undefined>;
}

interface DestinationDialogProps {
  readonly title: string;
  /** Phones of the house alone. */
  readonly isPhonesOnly?: boolean;
  readonly deeds: readonly [DestinationDeed, ...DestinationDeed[]];
  readonly onClose: () => void;
}

/** Chooses somebody by a few letters: a list that the arrows move in while one types. */
export const DestinationDialog = ({ title, isPhonesOnly = false, deeds, onClose }: DestinationDialogProps) => {
  const words = useWords();
  const say = words.callInHand;
  const board = useBoard();
  const list = useId();
  const colleagues = useAsked<{ readonly items: readonly Colleague[] }>('/api/colleagues');
  const [text, setText] = useState('');
  const [chosenId, setChosenId] = useState<string>();
  const [fault, setFault] = useState<string>();
  const [isBusy, setBusy] = useState(false);

  const found = destinations(text, {
    colleagues: colleagues.is === 'there' ? colleagues.answer.items : [],
    queues: board?.queues ?? [],
  }).filter(({ is }) => !isPhonesOnly || is === 'agent' || is === 'phone');
  const at = Math.max(
    0,
    found.findIndex(({ id }) => id === chosenId),
  );
  const chosen = found[at];

  const choose = (id: string | undefined): void => {
    setChosenId(id);
    setFault(undefined);
  };
  const run = async (deed: DestinationDeed): Promise<void> => {
    if (chosen === undefined || isBusy) return;
    setBusy(true);
    const failed = await deed.run(chosen);
    setBusy(false);
    if (failed === undefined) onClose();
    else setFault(failed);
  };
  const pressed = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') void run(deeds[0]);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined || found.length === 0) return;
    event.preventDefault();
    const next = found[(at + step + found.length) % found.length];
    choose(next?.id);
    document.getElementById(`${list}-${next?.id}`)?.scrollIntoView({ block: 'nearest' });
  };

  return (
    <Dialog title={title} onClose={onClose}>
      <input
        className="palette-input"
        role="combobox"
        aria-expanded="true"
        aria-controls={list}
        aria-label={isPhonesOnly ? say.findToAdd : say.find}
        {...(chosen === undefined ? {} : { 'aria-activedescendant': `${list}-${chosen.id}` })}
        autoComplete="off"
        spellCheck={false}
        placeholder={isPhonesOnly ? say.findToAdd : say.find}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          choose(undefined);
        }}
        onKeyDown={pressed}
      />
      {colleagues.is === 'loading' ? <Loading label={words.shell.loading} /> : null}
      {colleagues.is === 'failed' ? (
        <p className="dialog-text">
          {say.unread} <Button onClick={colleagues.again}>{words.actions.tryAgain}</Button>
        </p>
      ) : null}
      <div id={list} role="listbox" aria-label={say.choices} className="destinations">
        {found.map((destination) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the combobox's
          <div
            key={destination.id}
            id={`${list}-${destination.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={destination === chosen}
            className="destination"
            onClick={() => choose(destination.id)}
          >
            {markOf(destination)}
            <span className="destination-name">{destination.name}</span>
            <span className="quiet small">{besideOf(words, destination)}</span>
          </div>
        ))}
      </div>
      {found.length === 0 && colleagues.is === 'there' ? (
        <p className="dialog-text">{nothingFound(say, text, isPhonesOnly)}</p>
      ) : null}
      <p role="alert" className="field-fault">
        {fault}
      </p>
      <div className="dialog-actions">
        <Button kind="bare" onClick={onClose}>
          {words.actions.cancel}
        </Button>
        {[...deeds].reverse().map((deed) => (
          <Button
            key={deed.label}
            kind={deed === deeds[0] ? 'main' : 'plain'}
            disabled={chosen === undefined || isBusy}
            {...(deed === deeds[0] ? { title: `${deed.label} (⏎)`, 'aria-keyshortcuts': 'Enter' } : {})}
            onClick={() => void run(deed)}
          >
            {deed.label}
          </Button>
        ))}
      </div>
    </Dialog>
  );
};

const nothingFound = (say: Words['callInHand'], text: string, isPhonesOnly: boolean): string => {
  if (text === '') return say.nobody;
  return isPhonesOnly ? say.noChoiceToAdd(text) : say.noChoice(text);
};

const markOf = (destination: Destination): ReactNode => {
  if (destination.is === 'agent') return <StateMark state={destination.state ?? 'signed-out'} />;
  const Shape = { phone: Phone, queue: UsersRound, number: Hash }[destination.is];
  return (
    <span className="destination-mark" aria-hidden="true">
      <Shape />
    </span>
  );
};

const besideOf = (words: Words, destination: Destination): string => {
  switch (destination.is) {
    case 'agent': {
      const { state, to } = destination;
      return [state === null ? undefined : words.states[state], words.agents.extension(to.extension)]
        .filter((part) => part !== undefined)
        .join(' · ');
    }
    case 'phone':
      return words.agents.extension(destination.to.extension);
    case 'queue':
      return words.callInHand.queue(destination.waiting, destination.ready);
    case 'number':
      return words.callInHand.number;
  }
};
