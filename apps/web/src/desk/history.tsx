import type { CardHistoryEntry } from '@cordboard/contracts';
import { useEffect, useState } from 'react';
import { useBoard } from '../feed/feed-context.ts';
import { clockDuration } from '../format/duration.ts';
import { shortMoment } from '../format/moment.ts';
import { useLanguage, useWords } from '../i18n/language.ts';
import { Loading } from '../kit/empty.tsx';

/** Earlier calls of this number, newest first; null while they are being read. */
export const History = ({ entries }: { readonly entries: readonly CardHistoryEntry[] | null }) => {
  const words = useWords();
  const language = useLanguage();
  const queues = useBoard()?.queues ?? [];
  const dispositions: Readonly<Record<string, string>> = words.why.dispositions;
  return (
    <section className="history">
      <h3>{words.card.history}</h3>
      {entries === null ? (
        <Unread />
      ) : entries.length === 0 ? (
        <p className="quiet">{words.card.noHistory}</p>
      ) : (
        <ol>
          {entries.map(({ call, at, disposition, queue, agent, talkedMs }) => (
            <li key={call}>
              <time dateTime={new Date(at).toISOString()}>{shortMoment(at, language)}</time>
              <div>
                <p>{dispositions[disposition] ?? disposition}</p>
                <p className="quiet small">
                  {[
                    queue === null ? undefined : (queues.find(({ id }) => id === queue)?.name ?? queue),
                    agent ?? undefined,
                    talkedMs > 0 ? words.card.talked(clockDuration(talkedMs)) : undefined,
                  ]
                    .filter((part) => part !== undefined)
                    .join(' · ')}
                </p>
              </div>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
};

/** The database may be away; then no history ever comes, and the page does not pretend that it will. */
const patienceMs = 5000;

const Unread = () => {
  const words = useWords();
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), patienceMs);
    return () => clearTimeout(timer);
  }, []);
  return isLate ? (
    <p className="quiet">{words.card.historyUnread}</p>
  ) : (
    <Loading label={words.card.historyLoading} lines={3} />
  );
};
