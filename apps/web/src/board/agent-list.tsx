import type { AgentStateName, AgentView, CallView } from '@cordboard/core';
import { Users } from 'lucide-react';
import { useState } from 'react';
import type { BoardPicture } from '../feed/board-store.ts';
import { agentName, partyName } from '../feed/feed-context.ts';
import { useWords } from '../i18n/language.ts';
import { Button } from '../kit/button.tsx';
import { Empty } from '../kit/empty.tsx';
import { SearchBox } from '../kit/search-box.tsx';
import { StateMark } from '../kit/state-mark.tsx';
import { isAsked } from './agent-marks.tsx';
import { AgentRow } from './agent-row.tsx';
import { otherParty } from './call-marks.tsx';
import { isFound } from './find.ts';
import { agentsInOrder, stateOrder } from './order.ts';
import './list.css';

/** More than this at once is too much to read; the rest is a click away. */
const atOnce = 60;

interface AgentListProps {
  readonly agents: BoardPicture['agents'];
  readonly calls: BoardPicture['calls'];
  /** Whether the reader may act on others. */
  readonly mayAct: boolean;
}

export const AgentList = ({ agents, calls, mayAct }: AgentListProps) => {
  const words = useWords();
  const [state, setState] = useState<AgentStateName>();
  const [text, setText] = useState('');
  const [isWhole, setWhole] = useState(false);

  const all = agentsInOrder(agents.values());
  const found = all.filter((agent) => isFound(text, agent.name, agent.extension));
  const inState = state === undefined ? found : found.filter((agent) => agent.state === state);
  const shown = isWhole ? inState : inState.slice(0, atOnce);
  const count = (name: AgentStateName): number => all.filter((agent) => agent.state === name).length;

  return (
    <section className="list" aria-labelledby="agents">
      <header className="list-head">
        <h2 id="agents">
          {words.agents.title} <span className="list-count">{all.length}</span>
        </h2>
        <SearchBox label={words.agents.search} text={text} onChange={setText} />
      </header>
      {all.length === 0 ? (
        <Empty icon={<Users aria-hidden="true" />} title={words.agents.none} next={words.agents.noneNext} />
      ) : (
        <>
          <fieldset className="chips">
            <legend className="unseen">{words.agents.filter}</legend>
            {stateOrder.map((name) => (
              <button
                key={name}
                type="button"
                className="chip"
                aria-pressed={state === name}
                onClick={() => setState(state === name ? undefined : name)}
              >
                <StateMark state={name} />
                {words.states[name]} <strong>{count(name)}</strong>
              </button>
            ))}
          </fieldset>
          {inState.length === 0 ? (
            <Empty title={text === '' ? words.agents.noneInState : words.agents.noMatch(text)}>
              <Button
                onClick={() => {
                  setText('');
                  setState(undefined);
                }}
              >
                {words.actions.showAll(all.length)}
              </Button>
            </Empty>
          ) : (
            <ul className="rows">
              {shown.map((agent) => (
                <AgentRow
                  key={agent.id}
                  agent={agent}
                  call={callOf(agent, calls)}
                  other={otherName(agents, agent, callOf(agent, calls))}
                  mayAct={mayAct}
                />
              ))}
            </ul>
          )}
          {shown.length < inState.length ? (
            <Button kind="bare" onClick={() => setWhole(true)}>
              {words.actions.showAll(inState.length)}
            </Button>
          ) : null}
        </>
      )}
    </section>
  );
};

const callOf = ({ call }: AgentView, calls: BoardPicture['calls']): CallView | undefined =>
  call === null ? undefined : calls.get(call);

const otherName = (
  agents: BoardPicture['agents'],
  agent: AgentView,
  call: CallView | undefined,
): string | undefined => {
  if (call === undefined) return undefined;
  if (isAsked(agent, call)) return agentName(agents, call);
  const other = otherParty(call);
  return other === null ? undefined : partyName(agents, other);
};
