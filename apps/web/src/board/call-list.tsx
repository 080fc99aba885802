import type { CallView, QueueSnapshot } from '@cordboard/core';
import { PhoneIncoming } from 'lucide-react';
import { useState } from 'react';
import type { BoardPicture } from '../feed/board-store.ts';
import { agentName, partyName, queueName } from '../feed/feed-context.ts';
import { useWords } from '../i18n/language.ts';
import { Button } from '../kit/button.tsx';
import { Empty } from '../kit/empty.tsx';
import { SearchBox } from '../kit/search-box.tsx';
import { otherParty } from './call-marks.tsx';
import { CallRow } from './call-row.tsx';
import { isFound } from './find.ts';
import { callsInOrder } from './order.ts';
import { who } from './who.ts';
import './list.css';

/** More than this at once is too much to read; the rest is a click away. */
const atOnce = 100;

interface CallListProps extends Pick<BoardPicture, 'agents' | 'calls'> {
  readonly queues: readonly QueueSnapshot[];
  /** The call whose story is open. */
  readonly open: string | undefined;
}

export const CallList = ({ agents, calls, queues, open }: CallListProps) => {
  const words = useWords();
  const [text, setText] = useState('');
  const [isWhole, setWhole] = useState(false);

  const all = callsInOrder(calls.values()).map((call) => ({
    call,
    queue: queues.find(({ id }) => id === call.queue),
    agent: agentName(agents, call),
  }));
  const found = all.filter(({ call, agent }) =>
    isFound(text, who(words, call), call.ani, call.customer?.company, agent, queueName(queues, call.queue)),
  );
  const shown = isWhole ? found : found.slice(0, atOnce);

  return (
    <section className="list" aria-labelledby="calls">
      <header className="list-head">
        <h2 id="calls">
          {words.calls.title} <span className="list-count">{all.length}</span>
        </h2>
        <SearchBox label={words.calls.search} text={text} onChange={setText} />
      </header>
      {all.length === 0 ? (
        <Empty icon={<PhoneIncoming aria-hidden="true" />} title={words.calls.none} next={words.calls.noneNext} />
      ) : found.length === 0 ? (
        <Empty title={words.calls.noMatch(text)}>
          <Button onClick={() => setText('')}>{words.actions.showAll(all.length)}</Button>
        </Empty>
      ) : (
        <>
          <ul className="rows">
            {shown.map(({ call, queue, agent }) => (
              <CallRow
                key={call.id}
                call={call}
                queueName={queue?.name ?? call.queue ?? undefined}
                target={queue?.target}
                agent={agent}
                other={otherName(agents, call)}
                isOpen={call.id === open}
              />
            ))}
          </ul>
          {shown.length < found.length ? (
            <Button kind="bare" onClick={() => setWhole(true)}>
              {words.actions.showAll(found.length)}
            </Button>
          ) : null}
        </>
      )}
    </section>
  );
};

const otherName = (agents: BoardPicture['agents'], call: CallView): string | undefined => {
  const other = otherParty(call);
  return other === null ? undefined : partyName(agents, other);
};
