import type { TrunkEntry } from '@cordboard/contracts';
import { Cable } from 'lucide-react';
import { useAsked } from '../api/use-asked.ts';
import type { BoardPicture } from '../feed/board-store.ts';
import { useWords } from '../i18n/language.ts';
import { Button } from '../kit/button.tsx';
import { Empty, Loading } from '../kit/empty.tsx';
import { TrunkRow } from './trunk-row.tsx';
import { isDown } from './trunk-state.ts';
import './list.css';
import './panels.css';

/** The lines to carriers: those that are down first. Their names are asked for; how they stand is told as it changes. */
export const TrunkPanel = ({ trunks }: Pick<BoardPicture, 'trunks'>) => {
  const words = useWords();
  const say = words.trunkPanel;
  const listed = useAsked<{ readonly items: readonly TrunkEntry[] }>('/api/trunks', [...trunks.keys()].join());
  const lines = (listed.is === 'there' ? listed.answer.items : [])
    .map((trunk) => ({ trunk, state: trunks.get(trunk.id) ?? trunk.now }))
    .sort((a, b) => Number(isDown(b.state)) - Number(isDown(a.state)) || a.trunk.name.localeCompare(b.trunk.name));

  return (
    <section className="list" aria-labelledby="trunks">
      <header className="list-head">
        <h2 id="trunks">
          {say.title} <span className="list-count">{listed.is === 'there' ? lines.length : ''}</span>
        </h2>
      </header>
      {listed.is === 'loading' ? <Loading label={words.shell.loading} lines={2} /> : null}
      {listed.is === 'failed' ? (
        <Empty title={say.unread}>
          <Button onClick={listed.again}>{words.actions.tryAgain}</Button>
        </Empty>
      ) : null}
      {listed.is === 'there' && lines.length === 0 ? (
        <Empty icon={<Cable aria-hidden="true" />} title={say.none} next={say.noneNext} />
      ) : null}
      <ul className="rows">
        {lines.map(({ trunk, state }) => (
          <TrunkRow key={trunk.id} trunk={trunk} state={state} />
        ))}
      </ul>
    </section>
  );
};
