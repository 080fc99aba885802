import type { CallPlace, CallView, QueueSnapshot } from '@cordboard/core';
import { BellRing, Hourglass, ListTree, Phone, PhoneOff } from 'lucide-react';
import { memo } from 'react';
import { useNow } from '../feed/ticks.ts';
import { clockDuration, machineDuration } from '../format/duration.ts';
import { phoneNumber } from '../format/number.ts';
import { useWords } from '../i18n/language.ts';
import { Link } from '../shell/link.tsx';
import { CallMarks } from './call-marks.tsx';
import { clockSince } from './order.ts';
import { type Level, waitLevel } from './queue-level.ts';
import { beside, who } from './who.ts';

const shapes = {
  menu: ListTree,
  waiting: Hourglass,
  ringing: BellRing,
  talking: Phone,
  ended: PhoneOff,
} as const satisfies Record<CallPlace, unknown>;

interface CallRowProps {
  readonly call: CallView;
  readonly queueName: string | undefined;
  readonly target: QueueSnapshot['target'] | undefined;
  /** Whoever has it, or is rung for it. */
  readonly agent: string | undefined;
  /** Whoever is asked, or joins. */
  readonly other: string | undefined;
  readonly isOpen: boolean;
}

/** One live call: who, where, with whom, for how long. The row leads to its story. */
export const CallRow = memo(({ call, queueName, target, agent, other, isOpen }: CallRowProps) => {
  const words = useWords();
  const Shape = shapes[call.place];
  const goesOut = call.direction === 'out' && call.from === 'phone';
  const name = goesOut ? words.calls.to(phoneNumber(call.dnis)) : who(words, call);
  const aside = goesOut ? call.source : beside(words, call);
  return (
    <li className="row call-row" data-place={call.place} data-open={isOpen}>
      <span className="place-mark" data-place={call.place} aria-hidden="true">
        <Shape />
      </span>
      <p className="row-main">
        <Link
          to={`/board/calls/${encodeURIComponent(call.id)}`}
          className="row-name row-link"
          title={words.calls.open(name)}
        >
          {name}
        </Link>
        {aside === undefined ? null : <span className="row-beside">{aside}</span>}
      </p>
      <p className="row-where">
        <span>{words.places[call.place]}</span>
        <span className="row-beside">{[agent, queueName].filter((part) => part !== undefined).join(' · ')}</span>
        <CallMarks call={call} other={other} />
      </p>
      <Clock call={call} target={target} />
    </li>
  );
});

/** The clock alone is drawn each second; a wait beyond its target stands out. */
const Clock = ({ call, target }: Pick<CallRowProps, 'call' | 'target'>) => {
  const words = useWords();
  const ms = useNow() - clockSince(call);
  const waits = call.queuedAt !== null && (call.place === 'waiting' || call.place === 'ringing');
  const level: Level = waits && target !== undefined ? waitLevel(ms, target) : 'fine';
  return (
    <p className="row-time" data-level={level}>
      {level === 'fine' ? null : (
        <span className="row-level" title={words.queue[level]}>
          {level === 'act' ? '⬢' : '▲'}
          <span className="unseen">{words.queue[level]}</span>
        </span>
      )}
      <time dateTime={machineDuration(ms)}>{clockDuration(ms)}</time>
    </p>
  );
};
