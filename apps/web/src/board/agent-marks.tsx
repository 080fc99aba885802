import type { AgentView, CallView } from '@cordboard/core';
import { MessagesSquare } from 'lucide-react';
import { useWords } from '../i18n/language.ts';
import { CallMarks } from './call-marks.tsx';

interface AgentMarksProps {
  readonly agent: AgentView;
  readonly call: CallView;
  readonly other: string | undefined;
}

/** Whether somebody asks this agent about a caller who is not theirs. */
export const isAsked = ({ extension }: AgentView, { consulting }: CallView): boolean => consulting === extension;

/** What is out of the ordinary in an agent's conversation, seen from their side of it. */
export const AgentMarks = ({ agent, call, other }: AgentMarksProps) => {
  const words = useWords();
  if (!isAsked(agent, call)) return <CallMarks call={call} other={other} />;
  return (
    <span className="row-mark">
      <MessagesSquare aria-hidden="true" />
      {words.marks.askedBy(other ?? '')}
    </span>
  );
};
