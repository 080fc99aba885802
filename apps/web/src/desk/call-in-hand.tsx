import type { AgentView, CallView } from '@cordboard/core';
import { PhoneOff } from 'lucide-react';
import { useState } from 'react';
import { ask } from '../api/ask.ts';
import { beside, who } from '../board/who.ts';
import { useWords } from '../i18n/language.ts';
import { Button } from '../kit/button.tsx';
import { Confirm } from '../kit/dialog.tsx';
import { attempt } from '../kit/failure.ts';
import { tell, warn } from '../kit/notices.tsx';
import { Elapsed } from '../kit/timers.tsx';

interface CallInHandProps {
  readonly me: AgentView;
  readonly call: CallView | undefined;
}

/** The call that one's phone rings for, or that one is in. */
export const CallInHand = ({ me, call }: CallInHandProps) => {
  const words = useWords();
  const [isAsking, setAsking] = useState(false);
  if (call === undefined) return null;
  const name = who(words, call);
  const hangUp = async (): Promise<void> => {
    const isDone = await attempt(words, () => ask('POST', `/api/calls/${encodeURIComponent(call.id)}/hang-up`), warn);
    if (isDone) tell(words.calls.hungUp);
  };
  return (
    <div className="panel in-hand">
      <h2 className="quiet small">{words.desk.callInHand}</h2>
      <p className="in-hand-who">{name}</p>
      <p className="quiet">{beside(words, call)}</p>
      <p className="in-hand-now">
        {me.state === 'talking' ? words.desk.onLine : words.desk.rings}{' '}
        <Elapsed since={call.answeredAt ?? call.since} />
      </p>
      {me.state === 'talking' ? (
        <Button kind="danger" icon={<PhoneOff aria-hidden="true" />} onClick={() => setAsking(true)}>
          {words.desk.hangUp}
        </Button>
      ) : null}
      {isAsking ? (
        <Confirm
          title={words.calls.confirmHangUp(name)}
          text={words.calls.confirmHangUpText}
          action={words.desk.hangUp}
          onConfirm={() => void hangUp()}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </div>
  );
};
