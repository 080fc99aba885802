import type { CallView } from '@cordboard/core';
import { MessagesSquare, Pause, Phone, PhoneOutgoing, UserPlus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords, type Words } from '../i18n/language.ts';
import { Elapsed } from '../kit/timers.tsx';

interface CallStandsProps {
  readonly call: CallView;
  readonly isTalking: boolean;
  /** Whose phone or number something is, as one would say it. */
  readonly nameOf: (party: string) => string;
}

/** How the call in hand stands, in words, and for how long. */
export const CallStands = ({ call, isTalking, nameOf }: CallStandsProps) => {
  const words = useWords();
  const { icon, text } = standing(words, call, isTalking, nameOf);
  return (
    <>
      <p className="in-hand-now" data-held={call.onHold}>
        {icon}
        <span aria-live="polite">{text}</span>
        <Elapsed since={call.heldSince ?? call.answeredAt ?? call.since} />
      </p>
      {call.third === null ? null : (
        <p className="in-hand-now">
          <UserPlus aria-hidden="true" />
          <span aria-live="polite">
            {words.callInHand[call.third.joined ? 'joined' : 'joining'](nameOf(call.third.party))}
          </span>
        </p>
      )}
    </>
  );
};

const standing = (
  words: Words,
  { consulting, consultAnswered, onHold }: CallView,
  isTalking: boolean,
  nameOf: (party: string) => string,
): { readonly icon: ReactNode; readonly text: string } => {
  const say = words.callInHand;
  if (!isTalking) return { icon: <Phone aria-hidden="true" />, text: words.desk.rings };
  if (consulting !== null)
    return consultAnswered
      ? { icon: <MessagesSquare aria-hidden="true" />, text: say.consulting(nameOf(consulting)) }
      : { icon: <PhoneOutgoing aria-hidden="true" />, text: say.calling(nameOf(consulting)) };
  return onHold
    ? { icon: <Pause aria-hidden="true" />, text: say.onHold }
    : { icon: <Phone aria-hidden="true" />, text: words.desk.onLine };
};
