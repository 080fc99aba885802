import { Inbox, Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { AgentRow } from '../board/agent-row.tsx';
import { CallRow } from '../board/call-row.tsx';
import { QueueTile } from '../board/queue-tile.tsx';
import { CallCard } from '../desk/call-card.tsx';
import { OwnState } from '../desk/own-state.tsx';
import { Withdrawn } from '../desk/withdrawn.tsx';
import type { BoardPicture } from '../feed/board-store.ts';
import type { Feed, FeedStatus, OnDesk } from '../feed/feed.ts';
import { FeedContext } from '../feed/feed-context.ts';
import { type Language, LanguageContext, languages, useWords } from '../i18n/language.ts';
import { Button, IconButton } from '../kit/button.tsx';
import { Confirm } from '../kit/dialog.tsx';
import { Empty, Loading } from '../kit/empty.tsx';
import { Field } from '../kit/field.tsx';
import { Menu } from '../kit/menu.tsx';
import { Notices, tell, warn } from '../kit/notices.tsx';
import { PauseDialog } from '../kit/pause-dialog.tsx';
import { SearchBox } from '../kit/search-box.tsx';
import { LiveBanners, LiveMark } from '../shell/live-mark.tsx';
import { Store } from '../store.ts';
import { agents, calls, card, queues } from './samples.ts';
import '../board/board.css';
import '../board/list.css';
import '../desk/desk.css';
import './showcase.css';

/** Every component in every state, in both themes and both languages: to be looked at before a page is called done. */
export const Showcase = () => (
  <main className="showcase">
    <h1>Kit</h1>
    {languages.map((language) =>
      (['light', 'dark'] as const).map((theme) => (
        <Sheet key={`${language}-${theme}`} language={language} theme={theme} />
      )),
    )}
    <Notices />
  </main>
);

const Sheet = ({ language, theme }: { readonly language: Language; readonly theme: 'light' | 'dark' }) => (
  <LanguageContext value={language}>
    <section className="sheet" data-sheet={theme}>
      <h2>{`${language} · ${theme}`}</h2>
      <FeedContext value={feedThatIs({ is: 'live', since: undefined, callControl: true })}>
        <Parts />
      </FeedContext>
    </section>
  </LanguageContext>
);

const feedThatIs = (status: FeedStatus): Feed => ({
  board: { picture: new Store<BoardPicture | undefined>(undefined) },
  status: new Store(status),
  desk: new Store<OnDesk>({ card, isOver: false, withdrawn: undefined }),
  differed: new Store<readonly number[]>([]),
  me: new Store(agents[0]),
  now: Date.now,
  shown: () => undefined,
  know: () => undefined,
  putAway: () => undefined,
  close: () => undefined,
});

const Part = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <div className="part">
    <h3>{title}</h3>
    {children}
  </div>
);

const Parts = () => {
  const words = useWords();
  const [open, setOpen] = useState<'confirm' | 'pause'>();
  const [text, setText] = useState('');
  return (
    <>
      <Part title="Buttons">
        <div className="part-row">
          <Button>{words.actions.cancel}</Button>
          <Button kind="main" icon={<Plus aria-hidden="true" />}>
            {words.actions.add}
          </Button>
          <Button kind="danger">{words.calls.hangUp}</Button>
          <Button kind="bare">{words.actions.close}</Button>
          <Button disabled>{words.actions.save}</Button>
          <Button kind="main" disabled>
            {words.actions.save}
          </Button>
          <IconButton label={words.actions.add} keys="Ctrl K">
            <Plus aria-hidden="true" />
          </IconButton>
          <Menu
            label={words.shell.theme}
            icon={<Inbox aria-hidden="true" />}
            items={[
              { label: words.shell.themes.light, isChosen: true, onChoose: () => undefined },
              { label: words.shell.themes.dark, isChosen: false, onChoose: () => undefined },
            ]}
          />
        </div>
      </Part>
      <Part title="Fields">
        <Field label={words.people.username} hint={words.people.usernameHint}>
          {(tied) => <input {...tied} defaultValue="ana" />}
        </Field>
        <Field label={words.people.password} fault={words.people.passwordShort}>
          {(tied) => <input {...tied} type="password" defaultValue="short" />}
        </Field>
        <SearchBox label={words.calls.search} text={text} onChange={setText} />
      </Part>
      <Part title="Dialogs and notices">
        <div className="part-row">
          <Button onClick={() => setOpen('confirm')}>{words.calls.hangUp}</Button>
          <Button onClick={() => setOpen('pause')}>{words.desk.pause}</Button>
          <Button onClick={() => tell(words.console.saved)}>{words.actions.save}</Button>
          <Button onClick={() => warn(words.problems.unreachable)}>{words.actions.tryAgain}</Button>
        </div>
        {open === 'confirm' ? (
          <Confirm
            title={words.calls.confirmHangUp('Zoë Martin')}
            text={words.calls.confirmHangUpText}
            action={words.calls.hangUp}
            onConfirm={() => undefined}
            onClose={() => setOpen(undefined)}
          />
        ) : null}
        {open === 'pause' ? (
          <PauseDialog title={words.desk.pauseWhy} onChoose={() => undefined} onClose={() => setOpen(undefined)} />
        ) : null}
      </Part>
      <Part title="Live or not">
        {(
          [
            { is: 'live', since: undefined, callControl: true },
            { is: 'connecting', since: undefined, callControl: true },
            { is: 'silent', since: Date.now(), callControl: true },
            { is: 'live', since: undefined, callControl: false },
          ] as const
        ).map((status) => (
          <FeedContext key={`${status.is}-${status.callControl}`} value={feedThatIs(status)}>
            <LiveMark />
            <LiveBanners />
          </FeedContext>
        ))}
      </Part>
      <Part title="Empty and loading">
        <Empty icon={<Inbox aria-hidden="true" />} title={words.calls.none} next={words.calls.noneNext} />
        <Loading label={words.shell.loading} />
      </Part>
      <Part title="Queues">
        <div className="tiles">
          {queues.map((queue) => (
            <QueueTile key={queue.id} queue={queue} />
          ))}
        </div>
        <div className="tiles" data-stale="true">
          {queues.slice(1, 3).map((queue) => (
            <QueueTile key={queue.id} queue={queue} />
          ))}
        </div>
      </Part>
      <Part title="Agents">
        <div className="list">
          <ul className="rows">
            {agents.map((agent) => (
              <AgentRow
                key={agent.id}
                agent={agent}
                call={agent.state === 'talking' || agent.state === 'offered' ? calls[5] : undefined}
                other="Ana Costa"
                mayAct
              />
            ))}
          </ul>
        </div>
      </Part>
      <Part title="Calls">
        <div className="list">
          <ul className="rows">
            {calls.map((call, index) => (
              <CallRow
                key={call.id}
                call={call}
                queueName="Support"
                target={queues[0]?.target}
                agent={call.place === 'talking' ? 'Ben Ngũgĩ' : undefined}
                other="Chloé Laurent"
                isOpen={index === 2}
              />
            ))}
          </ul>
        </div>
      </Part>
      <Part title="Desk">
        <div className="part-grid">
          {agents.map((me) => (
            <OwnState key={me.id} me={me} />
          ))}
        </div>
        <CallCard card={card} isOver={false} />
        <CallCard
          card={{ ...card, customer: null, identified: false, lateByMs: null, path: [], history: null }}
          isOver={false}
        />
        <CallCard card={{ ...card, customer: null, lateByMs: null, history: [] }} isOver />
        <Withdrawn because="no-answer" />
      </Part>
    </>
  );
};
