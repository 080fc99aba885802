import type { CallId } from '@cordboard/core';
import { PhoneForwarded } from 'lucide-react';
import { useWords } from '../i18n/language.ts';
import { Button } from '../kit/button.tsx';
import { Store, useStore } from '../store.ts';

/** The last call that was given away at this desk: whose it was, and to whom. */
interface Given {
  readonly call: CallId;
  readonly who: string;
  readonly to: string;
  /** Whether somebody has it for sure: whoever was asked first does. */
  readonly isTaken: boolean;
}

const given = new Store<Given | undefined>(undefined);

export const noteGiven = (call: Given): void => given.set(call);
export const forgetGiven = (): void => given.set(undefined);
export const useGiven = (): Given | undefined => useStore(given);

/** Who was given the call, until the next one comes or it is put away. */
export const GivenAway = () => {
  const words = useWords();
  const last = useGiven();
  if (last === undefined) return null;
  return (
    <div className="panel given" role="status">
      <PhoneForwarded aria-hidden="true" />
      <div>
        <p>{words.callInHand.given(last.who, last.to)}</p>
        {last.isTaken ? null : <p className="quiet small">{words.callInHand.givenNext}</p>}
      </div>
      <Button kind="bare" onClick={forgetGiven}>
        {words.actions.close}
      </Button>
    </div>
  );
};
