import { LayoutGrid } from 'lucide-react';
import { useCallback, useEffect, useRef } from 'react';
import { useBoard, useFeedStatus } from '../feed/feed-context.ts';
import { useWords } from '../i18n/language.ts';
import { Empty, Loading } from '../kit/empty.tsx';
import type { User } from '../session/session.ts';
import { go, usePath } from '../shell/path.ts';
import { AdmissionNote } from './admission-note.tsx';
import { AgentList } from './agent-list.tsx';
import { CallList } from './call-list.tsx';
import { DriftNote } from './drift-note.tsx';
import { LevelNews } from './level-news.tsx';
import { QueueTile } from './queue-tile.tsx';
import { SitePanel } from './site-panel.tsx';
import { TrunkPanel } from './trunk-panel.tsx';
import { WhyPanel } from './why-panel.tsx';
import './board.css';

export const bigScreenPath = '/board/big';
const callPath = /^\/board\/calls\/([^/]+)$/;

/** The wallboard: what asks for action first, then who is there, then every live call. */
export const Board = ({ user }: { readonly user: User }) => {
  const words = useWords();
  const board = useBoard();
  const { is } = useFeedStatus();
  const path = usePath();
  const isBig = path === bigScreenPath;
  const leads = user.role !== 'agent';
  const encoded = callPath.exec(path)?.[1];
  const open = encoded === undefined ? undefined : decodeURIComponent(encoded);
  const opener = useRef<Element | null>(null);
  const close = useCallback(() => {
    go('/board');
    const row = opener.current;
    if (row instanceof HTMLElement && row.isConnected) row.focus();
  }, []);

  useEffect(() => {
    if (open === undefined) opener.current = null;
    else opener.current ??= document.querySelector(`a[href="/board/calls/${CSS.escape(encodeURIComponent(open))}"]`);
  }, [open]);

  if (board === undefined)
    return (
      <main id="content" className="board">
        <h1 className="unseen">{words.board.title}</h1>
        <div className="tiles">
          {['one', 'two', 'three'].map((tile) => (
            <div key={tile} className="tile">
              <Loading label={words.shell.loading} lines={6} />
            </div>
          ))}
        </div>
      </main>
    );

  return (
    <div className="board-frame" data-open={open !== undefined} data-big={isBig}>
      <main id="content" className="board" data-stale={is !== 'live'}>
        <h1 className="unseen">{words.board.title}</h1>
        <LevelNews queues={board.queues} />
        <AdmissionNote admission={board.admission} />
        <section aria-label={words.board.queues}>
          {board.queues.length === 0 ? (
            <div className="list">
              <Empty
                icon={<LayoutGrid aria-hidden="true" />}
                title={words.board.noQueues}
                next={words.board.noQueuesNext}
              />
            </div>
          ) : (
            <div className="tiles">
              {board.queues.map((queue) => (
                <QueueTile key={queue.id} queue={queue} />
              ))}
            </div>
          )}
        </section>
        {isBig ? null : (
          <>
            <div className="board-lists">
              <AgentList agents={board.agents} calls={board.calls} mayAct={leads} />
              <CallList queues={board.queues} agents={board.agents} calls={board.calls} open={open} />
            </div>
            {leads ? (
              <div className="board-lists">
                <SitePanel queues={board.queues} />
                <TrunkPanel trunks={board.trunks} />
              </div>
            ) : null}
            <DriftNote healings={board.healings} />
          </>
        )}
      </main>
      {open === undefined ? null : <WhyPanel id={open} board={board} onClose={close} />}
    </div>
  );
};
