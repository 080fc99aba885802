import type { Colleague } from '@cordboard/contracts';
import type { AgentView, CallView } from '@cordboard/core';
import { useEffect } from 'react';
import { useAsked } from '../api/use-asked.ts';
import { beside, who } from '../board/who.ts';
import { phoneNumber } from '../format/number.ts';
import { useWords } from '../i18n/language.ts';
import { CallControls } from './call-controls.tsx';
import { CallStands } from './call-stands.tsx';
import { forgetGiven, GivenAway, useGiven } from './given-away.tsx';

interface CallInHandProps {
  readonly me: AgentView;
  readonly call: CallView | undefined;
}

/** The call that one's phone rings for, or that one is in; else the one that was given away last. */
export const CallInHand = ({ me, call }: CallInHandProps) => {
  const words = useWords();
  const given = useGiven();
  const isTalking = me.state === 'talking';
  const isAnother = call !== undefined && (isTalking || call.id !== given?.call);
  const nameOf = useNames(`${call?.consulting ?? ''} ${call?.third?.party ?? ''}`);

  useEffect(() => {
    if (isAnother) forgetGiven();
  }, [isAnother]);

  if (call === undefined) return <GivenAway />;
  const name = who(words, call);
  return (
    <div className="panel in-hand">
      <h2 className="quiet small">{words.desk.callInHand}</h2>
      <p className="in-hand-who">{name}</p>
      <p className="quiet">{beside(words, call)}</p>
      <CallStands call={call} isTalking={isTalking} nameOf={nameOf} />
      {!isTalking && call.id === given?.call ? <p className="quiet small">{words.callInHand.comesBack}</p> : null}
      {isTalking ? <CallControls key={call.id} call={call} name={name} nameOf={nameOf} /> : null}
    </div>
  );
};

/** The names of the phones of the house, and numbers as they are written. @param version asked anew when it changes */
const useNames = (version: string): ((party: string) => string) => {
  const colleagues = useAsked<{ readonly items: readonly Colleague[] }>('/api/colleagues', version);
  const known = colleagues.is === 'there' ? colleagues.answer.items : [];
  return (party) => {
    const found = known.find(({ extension }) => extension === party);
    return found === undefined ? phoneNumber(party) : found.name;
  };
};
