import type { AgentView, CallView } from '@cordboard/core';
import { PhoneOff } from 'lucide-react';
import { memo } from 'react';
import { useWords } from '../i18n/language.ts';
import { pauseReason } from '../i18n/phrases.ts';
import { StateMark } from '../kit/state-mark.tsx';
import { Elapsed, Remaining } from '../kit/timers.tsx';
import { AgentActions } from './agent-actions.tsx';
import { AgentMarks } from './agent-marks.tsx';
import { who } from './who.ts';

interface AgentRowProps {
  readonly agent: AgentView;
  readonly call: CallView | undefined;
  /** Whoever talks with the caller, where that is somebody else; or whoever is asked, or joins. */
  readonly other: string | undefined;
  readonly mayAct: boolean;
}

/** One agent: who, in which state, since when, and with whom. */
export const AgentRow = memo(({ agent, call, other, mayAct }: AgentRowProps) => {
  const words = useWords();
  const about = [
    ...(agent.reason === null || agent.reason === '' ? [] : [pauseReason(words, agent.reason)]),
    ...(call === undefined ? [] : [who(words, call)]),
  ];
  return (
    <li className="row agent-row" data-state={agent.state}>
      <StateMark state={agent.state} />
      <p className="row-main">
        <span className="row-name">{agent.name}</span>
        <span className="row-beside">{words.agents.extension(agent.extension)}</span>
        {agent.reachable || agent.state === 'signed-out' ? null : (
          <span className="row-flag">
            <PhoneOff aria-hidden="true" />
            {words.agents.unreachable}
          </span>
        )}
      </p>
      <p className="row-where">
        <span>{words.states[agent.state]}</span>
        {about.length === 0 ? null : <span className="row-beside">{about.join(' · ')}</span>}
        {call === undefined ? null : <AgentMarks agent={agent} call={call} other={other} />}
        {agent.until === null ? null : (
          <span className="row-beside">
            <Remaining until={agent.until} say={words.agents.left} />
          </span>
        )}
      </p>
      <p className="row-time">{agent.state === 'signed-out' ? null : <Elapsed since={agent.since} />}</p>
      {mayAct ? <AgentActions agent={agent} /> : null}
    </li>
  );
});
