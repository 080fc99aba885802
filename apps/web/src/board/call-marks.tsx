import type { CallView } from '@cordboard/core';
import { MessagesSquare, Pause, PhoneOutgoing, UserPlus } from 'lucide-react';
import { useWords } from '../i18n/language.ts';
import { Elapsed } from '../kit/timers.tsx';

interface CallMarksProps {
  readonly call: Pick<CallView, 'heldSince' | 'consulting' | 'consultAnswered' | 'third'>;
  /** Of whoever is asked, or joins. */
  readonly other: string | undefined;
}

/** Whom an agent asks or calls in: the board's name for the one phone that a call is about beside its own. */
export const otherParty = ({ consulting, third }: CallMarksProps['call']): string | null =>
  consulting ?? third?.party ?? null;

/** What is out of the ordinary in a conversation: somebody waits, is asked, or joins. */
export const CallMarks = ({ call, other }: CallMarksProps) => {
  const say = useWords().marks;
  const { heldSince, consulting, consultAnswered, third } = call;
  return (
    <>
      {heldSince === null ? null : (
        <span className="row-flag">
          <Pause aria-hidden="true" />
          {say.onHold} <Elapsed since={heldSince} />
        </span>
      )}
      {consulting === null ? null : (
        <span className="row-mark">
          {consultAnswered ? <MessagesSquare aria-hidden="true" /> : <PhoneOutgoing aria-hidden="true" />}
          {say[consultAnswered ? 'asking' : 'calling'](other ?? consulting)}
        </span>
      )}
      {third === null ? null : (
        <span className="row-mark">
          <UserPlus aria-hidden="true" />
          {say[third.joined ? 'joined' : 'joining'](other ?? third.party)}
        </span>
      )}
    </>
  );
};
