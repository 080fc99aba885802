import type { Card } from '@cordboard/contracts';
import { Star, UserRound } from 'lucide-react';
import { numberOf } from '../board/who.ts';
import { shortly } from '../board/why-sentence.ts';
import { useFeed } from '../feed/feed-context.ts';
import { clockDuration } from '../format/duration.ts';
import { phoneNumber } from '../format/number.ts';
import { useWords } from '../i18n/language.ts';
import { Button } from '../kit/button.tsx';
import { readChoice } from './choice.ts';
import { History } from './history.tsx';
import { usePainted } from './use-painted.ts';

/** A directory that took longer is said to have been late. */
const lateMs = 1000;

/** Who calls, and why: here as the phone begins to ring. */
export const CallCard = ({ card, isOver }: { readonly card: Card; readonly isOver: boolean }) => {
  const words = useWords();
  const feed = useFeed();
  usePainted(card.call, () => feed.shown(card.call));
  const { customer } = card;
  const facts = [
    [words.card.queue, card.queue?.name],
    [words.card.waited, clockDuration(card.waitedMs)],
    [words.card.dialled, phoneNumber(card.dnis)],
    [words.card.language, languageName(words.card.languages, card.language)],
  ].filter((fact): fact is [string, string] => fact[1] !== undefined && fact[1] !== '');

  return (
    <article className="panel card" aria-live="polite" data-over={isOver}>
      {isOver ? (
        <p className="card-over">
          {words.card.over}
          <Button onClick={feed.putAway}>{words.card.putAway}</Button>
        </p>
      ) : null}
      <header className="card-who">
        <span className="card-mark" aria-hidden="true">
          {customer === null ? <UserRound /> : initials(customer.name)}
        </span>
        <div>
          <h2>{customer?.name ?? (card.identified ? words.card.unknown : words.card.lookingUp)}</h2>
          <p className="card-number">
            {[customer?.company, card.aniName, numberOf(words, card.ani)].filter(Boolean).join(' · ')}
          </p>
        </div>
        {customer?.segment ? (
          <p className="card-segment">
            <Star aria-hidden="true" />
            <span className="unseen">{words.card.segment}: </span>
            {customer.segment}
          </p>
        ) : null}
      </header>
      {card.lateByMs !== null && card.lateByMs >= lateMs ? (
        <p className="card-late">{words.card.late(shortly(card.lateByMs))}</p>
      ) : null}
      {card.transfer === null ? null : (
        <p className="card-transfer">
          {words.card.transferred[card.transfer.kind](card.transfer.by?.name ?? card.transfer.from)}
        </p>
      )}
      <div className="card-why">
        <h3>{words.card.why}</h3>
        {card.path.length === 0 ? (
          <p className="quiet">{words.card.noChoice}</p>
        ) : (
          <ol>
            {card.path.map((step) => {
              const choice = readChoice(step);
              return <li key={step}>{choice === undefined ? step : words.card.choice(choice.key, choice.where)}</li>;
            })}
          </ol>
        )}
      </div>
      <dl className="card-facts">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <History entries={card.history} />
    </article>
  );
};

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((part) => part.charAt(0).toUpperCase())
    .join('');

const languageName = (names: Readonly<Record<string, string>>, language: string): string =>
  Object.hasOwn(names, language) ? (names[language] ?? language) : language;
