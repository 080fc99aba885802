import type { QueueSnapshot } from '@cordboard/core';
import { useWords } from '../i18n/language.ts';
import { Elapsed } from '../kit/timers.tsx';

/** How long the lines are: who waits, and how long already. */
export const OwnQueues = ({ queues }: { readonly queues: readonly QueueSnapshot[] }) => {
  const words = useWords();
  if (queues.length === 0) return null;
  return (
    <div className="panel own-queues">
      <h2 className="quiet small">{words.board.queues}</h2>
      <ul>
        {queues.map(({ id, name, waiting, longest }) => (
          <li key={id}>
            <span>{name}</span>
            <span className="quiet">{words.desk.queueLine(waiting)}</span>
            <span className="own-queues-time">{longest === null ? '–' : <Elapsed since={longest.since} />}</span>
          </li>
        ))}
      </ul>
    </div>
  );
};
