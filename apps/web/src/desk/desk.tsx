import { Headset } from 'lucide-react';
import { useBoard, useFeedStatus, useMe, useOnDesk } from '../feed/feed-context.ts';
import { useWords } from '../i18n/language.ts';
import { Empty, Loading } from '../kit/empty.tsx';
import { Remaining } from '../kit/timers.tsx';
import type { User } from '../session/session.ts';
import { CallCard } from './call-card.tsx';
import { CallInHand } from './call-in-hand.tsx';
import { Messages } from './messages.tsx';
import { NewContact } from './new-contact.tsx';
import { OwnQueues } from './own-queues.tsx';
import { OwnState } from './own-state.tsx';
import { Withdrawn } from './withdrawn.tsx';
import './desk.css';

/** The agent's page: the phone at the left, who calls in the middle, what to write at the right. */
export const Desk = ({ user }: { readonly user: User }) => {
  const words = useWords();
  const board = useBoard();
  const me = useMe(user.agentId);
  const { is } = useFeedStatus();
  const { card, isOver, withdrawn } = useOnDesk();
  const call = me?.call == null ? undefined : board?.calls.get(me.call);

  if (user.agentId === null)
    return (
      <main id="content">
        <Empty icon={<Headset aria-hidden="true" />} title={words.desk.noAgent} next={words.desk.noAgentNext} />
      </main>
    );
  return (
    <main id="content" className="desk" data-stale={is !== 'live'}>
      <h1 className="unseen">{words.desk.title}</h1>
      <section className="desk-phone" aria-label={words.desk.phone}>
        {me !== undefined ? (
          <OwnState me={me} />
        ) : board === undefined ? (
          <Loading label={words.shell.loading} />
        ) : (
          <Empty title={words.desk.notTold} next={words.desk.notToldNext} />
        )}
        {me === undefined ? null : <CallInHand me={me} call={call} />}
        {board === undefined ? null : <OwnQueues queues={board.queues} />}
        {me === undefined ? null : <Messages extension={me.extension} />}
      </section>
      <section className="desk-card" aria-label={words.card.title}>
        {card !== undefined ? (
          <CallCard key={card.call} card={card} isOver={isOver} />
        ) : withdrawn !== undefined ? (
          <Withdrawn because={withdrawn.because} />
        ) : (
          <div className="panel">
            <Empty
              icon={<Headset aria-hidden="true" />}
              title={me?.state === 'signed-out' ? words.card.noneOffline : words.card.none}
            />
          </div>
        )}
      </section>
      {card === undefined ? null : (
        <section className="desk-notes" aria-label={words.card.notes}>
          {me?.until == null ? null : (
            <p className="wrap-up">
              {words.desk.wrapUp}
              <strong>
                <Remaining until={me.until} say={words.desk.wrapUpLeft} />
              </strong>
            </p>
          )}
          {card.customer === null && card.identified ? (
            <NewContact key={card.call} card={card} />
          ) : card.customer === null ? null : (
            <div className="panel">
              <h2>{words.card.notes}</h2>
              <p className={card.customer.notes ? 'desk-written' : 'quiet'}>
                {card.customer.notes || words.card.noNotes}
              </p>
            </div>
          )}
        </section>
      )}
    </main>
  );
};
