import type { AgentStateRequest } from '@cordboard/contracts';
import type { AgentView } from '@cordboard/core';
import { CircleCheck, LogIn, LogOut, Pause, PhoneOff } from 'lucide-react';
import { useState } from 'react';
import { ask } from '../api/ask.ts';
import { useWords } from '../i18n/language.ts';
import { pauseReason } from '../i18n/phrases.ts';
import { Button } from '../kit/button.tsx';
import { attempt } from '../kit/failure.ts';
import { warn } from '../kit/notices.tsx';
import { PauseDialog } from '../kit/pause-dialog.tsx';
import { StateMark } from '../kit/state-mark.tsx';
import { Elapsed, Remaining } from '../kit/timers.tsx';
import { WrapUpCodes } from './wrap-up-codes.tsx';

/** What one is doing, since when, and what one can do instead. */
export const OwnState = ({ me }: { readonly me: AgentView }) => {
  const words = useWords();
  const [isPausing, setPausing] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const inCall = me.state === 'talking' || me.state === 'offered';
  const isPaused = me.reason !== null;

  const request = async (body: AgentStateRequest): Promise<void> => {
    setBusy(true);
    await attempt(words, () => ask('PUT', `/api/agents/${me.id}/state`, body), warn);
    setBusy(false);
  };

  return (
    <div className="panel own-state" data-state={me.state}>
      <div aria-live="polite" className="own-state-name">
        <StateMark state={me.state} />
        <h2>
          {words.states[me.state]}
          {me.reason === null || me.reason === '' ? null : (
            <span className="own-state-reason"> ({pauseReason(words, me.reason)})</span>
          )}
        </h2>
      </div>
      {me.state === 'signed-out' ? null : (
        <p className="own-state-clock">
          {me.until === null ? (
            <Elapsed since={me.since} />
          ) : (
            <Remaining until={me.until} say={words.desk.wrapUpLeft} />
          )}
        </p>
      )}
      {me.reachable ? null : (
        <p className="desk-warning">
          <PhoneOff aria-hidden="true" />
          {words.desk.unreachable}
        </p>
      )}
      {me.codeWanted === undefined || inCall ? null : (
        <WrapUpCodes
          wanted={me.codeWanted}
          isBusy={isBusy}
          onChoose={(code) => void request({ to: 'wrapped-up', code })}
        />
      )}
      <div className="own-state-actions">
        {me.state === 'signed-out' ? (
          <Button
            kind="main"
            disabled={isBusy}
            icon={<LogIn aria-hidden="true" />}
            onClick={() => void request({ to: 'sign-in' })}
          >
            {words.desk.signIn}
          </Button>
        ) : (
          <>
            {(isPaused || me.state === 'wrap-up') && !(me.codeWanted?.required ?? false) ? (
              <Button
                kind={inCall ? 'plain' : 'main'}
                disabled={isBusy}
                icon={<CircleCheck aria-hidden="true" />}
                onClick={() => void request({ to: 'be-ready' })}
              >
                {me.state === 'wrap-up' && !isPaused ? words.desk.finishWrapUp : words.desk.beReady}
              </Button>
            ) : null}
            {isPaused ? null : (
              <Button disabled={isBusy} icon={<Pause aria-hidden="true" />} onClick={() => setPausing(true)}>
                {words.desk.pause}
              </Button>
            )}
            <Button
              kind="bare"
              disabled={isBusy}
              icon={<LogOut aria-hidden="true" />}
              onClick={() => void request({ to: 'sign-out' })}
            >
              {words.desk.signOut}
            </Button>
          </>
        )}
      </div>
      {inCall ? <p className="quiet small">{words.desk.afterCall}</p> : null}
      {isPausing ? (
        <PauseDialog
          title={words.desk.pauseWhy}
          onChoose={(reason) => void request({ to: 'pause', reason })}
          onClose={() => setPausing(false)}
        />
      ) : null}
    </div>
  );
};
