import type { CallView, Decision, Why, WhyStep } from '@cordboard/core';
import { PhoneOff, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { ask } from '../api/ask.ts';
import { useAsked } from '../api/use-asked.ts';
import type { BoardPicture } from '../feed/board-store.ts';
import { agentName, queueName } from '../feed/feed-context.ts';
import { clockTime } from '../format/moment.ts';
import { useLanguage, useWords } from '../i18n/language.ts';
import { inWords } from '../i18n/phrases.ts';
import { Button, IconButton } from '../kit/button.tsx';
import { Confirm } from '../kit/dialog.tsx';
import { Empty, Loading } from '../kit/empty.tsx';
import { attempt, failureText } from '../kit/failure.ts';
import { tell, warn } from '../kit/notices.tsx';
import { Elapsed } from '../kit/timers.tsx';
import { clockSince } from './order.ts';
import { beside, numberOf, who } from './who.ts';
import { type Names, tellStep } from './why-sentence.ts';
import './why-panel.css';

interface WhyPanelProps {
  readonly id: string;
  readonly board: BoardPicture;
  readonly onClose: () => void;
}

/** The story of one call: every decision, in order, with its reason; and what can be done about it. */
export const WhyPanel = ({ id, board, onClose }: WhyPanelProps) => {
  const words = useWords();
  const call = board.calls.get(id as CallView['id']);
  const asked = useAsked<Why>(`/api/calls/${encodeURIComponent(id)}/why`, call);
  const heading = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each other call takes the focus anew
  useEffect(() => heading.current?.focus(), [id]);

  const first = asked.is === 'there' ? asked.answer.steps[0] : undefined;
  const name = call === undefined ? nameFrom(first, words) : who(words, call);
  const names: Names = {
    queue: (queue) => queueName(board.queues, queue) ?? queue,
    agent: (agent) => [...board.agents.values()].find((each) => each.id === agent)?.name ?? agent,
  };

  return (
    <aside
      className="why"
      aria-labelledby="why"
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) onClose();
      }}
    >
      <header className="why-head">
        <div>
          <p className="quiet small">{words.why.title}</p>
          <h2 id="why" ref={heading} tabIndex={-1}>
            {name}
          </h2>
          {call === undefined ? null : <p className="quiet">{beside(words, call)}</p>}
        </div>
        <IconButton label={words.actions.close} keys="Esc" onClick={onClose}>
          <X aria-hidden="true" />
        </IconButton>
      </header>
      {call === undefined ? null : (
        <div className="why-now">
          <p>
            <span className="quiet small">{words.why.now}</span>
            <strong>{words.places[call.place]}</strong>
            <span>
              {[agentName(board.agents, call), queueName(board.queues, call.queue)]
                .filter((part) => part !== undefined)
                .join(' · ')}
            </span>
          </p>
          <p className="why-clock">
            <Elapsed since={clockSince(call)} />
          </p>
          <HangUp call={call} name={name} />
        </div>
      )}
      {asked.is === 'loading' ? <Loading label={words.shell.loading} lines={8} /> : null}
      {asked.is === 'failed' ? (
        <Empty title={failureText(words, asked.failure)}>
          <Button onClick={asked.again}>{words.actions.tryAgain}</Button>
        </Empty>
      ) : null}
      {asked.is === 'there' ? <Story why={asked.answer} names={names} /> : null}
    </aside>
  );
};

/** Of a call that is no more, its first step tells who it was. */
const nameFrom = (first: WhyStep | undefined, words: ReturnType<typeof useWords>): string =>
  first?.is === 'number-dialled' ? numberOf(words, first.ani) : '…';

const Story = ({ why, names }: { readonly why: Why; readonly names: Names }) => {
  const words = useWords();
  const language = useLanguage();
  return (
    <>
      {why.complete ? null : <p className="why-note">{words.why.incomplete}</p>}
      <ol className="story">
        {why.steps.map((step) => {
          const { sentence, asides } = tellStep(words, step, names);
          return (
            <li key={step.n}>
              <time dateTime={new Date(step.at).toISOString()}>{clockTime(step.at, language)}</time>
              <div>
                <p>{sentence}</p>
                {asides.map((aside) => (
                  <p key={aside} className="quiet small">
                    {aside}
                  </p>
                ))}
                {step.is === 'offered' ? <Candidates decision={step.decision} /> : null}
              </div>
            </li>
          );
        })}
      </ol>
      {why.ended ? <p className="why-note">{words.why.ended}</p> : null}
    </>
  );
};

/** Whoever could have been chosen, and what spoke for or against each. */
const Candidates = ({ decision: { candidates } }: { readonly decision: Decision }) => {
  const words = useWords();
  return (
    <details className="candidates" open={candidates.length <= 8}>
      <summary>{words.why.candidates(candidates.length)}</summary>
      <ul>
        {candidates
          .toSorted((a, b) => Number(b.chosen) - Number(a.chosen))
          .map(({ agent, name, chosen, reason }) => (
            <li key={agent} data-chosen={chosen}>
              <span>{chosen ? `✓ ${name}` : name}</span>
              <span>
                {chosen ? `${words.why.chosen}: ` : ''}
                {inWords(words, reason)}
              </span>
            </li>
          ))}
      </ul>
    </details>
  );
};

const HangUp = ({ call, name }: { readonly call: CallView; readonly name: string }) => {
  const words = useWords();
  const [isAsking, setAsking] = useState(false);
  const hangUp = async (): Promise<void> => {
    const isDone = await attempt(words, () => ask('POST', `/api/calls/${encodeURIComponent(call.id)}/hang-up`), warn);
    if (isDone) tell(words.calls.hungUp);
  };
  return (
    <>
      <Button kind="danger" icon={<PhoneOff aria-hidden="true" />} onClick={() => setAsking(true)}>
        {words.calls.hangUp}
      </Button>
      {isAsking ? (
        <Confirm
          title={words.calls.confirmHangUp(name)}
          text={words.calls.confirmHangUpText}
          action={words.calls.hangUp}
          onConfirm={() => void hangUp()}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </>
  );
};
