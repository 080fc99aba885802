import type { QueueSnapshot, SiteFigures } from '@cordboard/core';
import { useState } from 'react';
import { useWords } from '../i18n/language.ts';
import { Button } from '../kit/button.tsx';
import { Empty } from '../kit/empty.tsx';
import { useSites } from './use-sites.ts';
import './list.css';
import './panels.css';

type Share = SiteFigures['queues'][number];

/** Of one queue, who waits, was answered and can answer at each site; the last line is the queue's own. */
export const SitePanel = ({ queues }: { readonly queues: readonly QueueSnapshot[] }) => {
  const words = useWords();
  const say = words.sitePanel;
  const sites = useSites();
  const [chosen, setChosen] = useState<string>();
  const queue = queues.find(({ id }) => id === chosen) ?? queues[0];
  const items = sites.is === 'there' ? sites.answer.items : [];
  // A house of one place has nothing to compare.
  if (queue === undefined || (sites.is === 'there' && items.every(({ site }) => site === null))) return null;
  const shares = items.flatMap(({ site, queues: parts }) => {
    const share = parts.find((part) => part.queue === queue.id);
    return share === undefined ? [] : [{ site, figures: figuresOf(share) }];
  });
  const columns = [say.waiting, say.answered, say.ready, say.talking, say.signedIn];

  return (
    <section className="list" aria-labelledby="sites">
      <header className="list-head">
        <h2 id="sites">{say.title}</h2>
      </header>
      {queues.length < 2 ? null : (
        <fieldset className="chips">
          <legend className="unseen">{say.queue}</legend>
          {queues.map(({ id, name }) => (
            <button
              key={id}
              type="button"
              className="chip chip-plain"
              aria-pressed={id === queue.id}
              onClick={() => setChosen(id)}
            >
              {name}
            </button>
          ))}
        </fieldset>
      )}
      {sites.is === 'failed' ? (
        <Empty title={say.unread}>
          <Button onClick={sites.again}>{words.actions.tryAgain}</Button>
        </Empty>
      ) : (
        <table className="sites">
          <thead>
            <tr>
              <th scope="col">{say.site}</th>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shares.map(({ site, figures }) => (
              <tr key={site ?? ''}>
                <th scope="row" {...(site === null ? { title: say.noneMeans } : {})}>
                  {site ?? say.none}
                </th>
                {columns.map((column, at) => (
                  <td key={column}>{figures[at]}</td>
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{say.total}</th>
              {columns.map((column, at) => (
                <td key={column}>{shares.reduce((sum, { figures }) => sum + (figures[at] ?? 0), 0)}</td>
              ))}
            </tr>
          </tfoot>
        </table>
      )}
    </section>
  );
};

/** In the order of the columns. */
const figuresOf = ({ waiting, answeredToday, members }: Share): readonly number[] => [
  waiting,
  answeredToday,
  members.ready,
  members.talking,
  members.ready + members.offered + members.talking + members.wrapUp + members.paused,
];
