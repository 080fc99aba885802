import type { QueueSnapshot } from '@cordboard/core';
import { OctagonAlert, TriangleAlert } from 'lucide-react';
import { memo } from 'react';
import { useNow } from '../feed/ticks.ts';
import { clockDuration, machineDuration } from '../format/duration.ts';
import { percent } from '../format/number.ts';
import { useLanguage, useWords } from '../i18n/language.ts';
import { Fresh } from '../kit/fresh.tsx';
import { levelText } from './level-text.ts';
import { type QueueLevel, queueLevel, serviceLevelLevel } from './queue-level.ts';
import './queue-tile.css';

/** One queue: first what asks for action, then the day. Drawn again only when this queue has changed, and its clock ticks. */
export const QueueTile = memo(({ queue }: { readonly queue: QueueSnapshot }) => {
  const words = useWords();
  const now = useNow();
  const level = queueLevel(queue, now);
  return (
    <article className="tile" data-level={level.level} aria-label={queue.name}>
      <header className="tile-head">
        <h2>{queue.name}</h2>
        <LevelMark level={level} queue={queue} />
      </header>
      <Wait queue={queue} now={now} level={level} />
      <p className="tile-waiting">
        <Fresh value={queue.waiting}>
          <strong>{queue.waiting}</strong>
        </Fresh>{' '}
        {words.queue.waitingLabel}
      </p>
      <ServiceLevel queue={queue} />
      <Day queue={queue} />
      <p className="tile-staff">
        <span data-some={queue.members.ready > 0}>{words.queue.ready(queue.members.ready)}</span>
        <span>{words.queue.talking(queue.members.talking)}</span>
      </p>
    </article>
  );
});

const LevelMark = ({ level, queue }: { readonly level: QueueLevel; readonly queue: QueueSnapshot }) => {
  const words = useWords();
  if (level.level === 'fine') return null;
  const Shape = level.level === 'act' ? OctagonAlert : TriangleAlert;
  const reason = levelText(words, level, queue);
  return (
    <p className="tile-level" title={reason}>
      <Shape aria-hidden="true" />
      <strong>{words.queue[level.level]}</strong>
      <span className="unseen">: {reason}</span>
    </p>
  );
};

const Wait = ({
  queue,
  now,
  level,
}: {
  readonly queue: QueueSnapshot;
  readonly now: number;
  readonly level: QueueLevel;
}) => {
  const words = useWords();
  const ms = queue.longest === null ? undefined : now - queue.longest.since;
  return (
    <p className="tile-wait">
      {ms === undefined ? (
        <span className="tile-number tile-none" aria-hidden="true">
          –
        </span>
      ) : (
        <time className="tile-number" data-long={ms >= 600_000} dateTime={machineDuration(ms)}>
          {clockDuration(ms)}
        </time>
      )}
      <span>
        {ms === undefined ? words.queue.nobodyWaits : words.queue.longest}
        {level.because === 'nobody' ? <strong> · {words.queue.becauseNobody}</strong> : null}
      </span>
    </p>
  );
};

const ServiceLevel = ({ queue }: { readonly queue: QueueSnapshot }) => {
  const words = useWords();
  const language = useLanguage();
  const { today, target } = queue;
  const seconds = Math.round(target.answerWithinMs / 1000);
  const counted = today.answered + today.abandoned - today.shortAbandoned;
  const why =
    today.serviceLevel === null
      ? words.queue.noServiceLevel
      : words.queue.explainServiceLevel(today.answeredWithin, counted, seconds);
  const shown = today.serviceLevel === null ? '–' : percent(today.serviceLevel, language);
  return (
    <div className="tile-service" data-level={serviceLevelLevel(queue)} title={why}>
      <p>
        <span>{words.queue.serviceLevel}</span>
        <Fresh value={shown}>
          <strong>{shown}</strong>
        </Fresh>
      </p>
      <svg className="tile-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        <rect className="tile-bar-ground" width="100" height="6" rx="1" />
        <rect className="tile-bar-value" width={(today.serviceLevel ?? 0) * 100} height="6" rx="1" />
        <rect className="tile-bar-goal" x={target.goal * 100 - 0.4} width="0.8" height="6" />
      </svg>
      <p className="tile-target">{words.queue.target(percent(target.goal, language), seconds)}</p>
      <span className="unseen">{why}</span>
    </div>
  );
};

const Day = ({ queue: { today } }: { readonly queue: QueueSnapshot }) => {
  const words = useWords();
  const figures = [
    [words.queue.answered, String(today.answered), words.queue.explainAnswered(today.offered, today.overflowed)],
    [words.queue.abandoned, String(today.abandoned), words.queue.explainAbandoned(today.shortAbandoned)],
    [
      words.queue.asa,
      today.asaMs === null ? '–' : clockDuration(today.asaMs),
      today.asaMs === null ? words.queue.noAsa : words.queue.explainAsa,
    ],
  ] as const;
  return (
    <dl className="tile-day">
      {figures.map(([label, value, why]) => (
        <div key={label} title={why}>
          <dt>{label}</dt>
          <dd>
            <Fresh value={value}>{value}</Fresh>
            {value === '–' ? <span className="unseen">{why}</span> : null}
          </dd>
        </div>
      ))}
    </dl>
  );
};
