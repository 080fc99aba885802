import type { CallView } from '@cordboard/core';
import { CornerUpLeft, Pause, PhoneForwarded, PhoneOff, Play, UserPlus } from 'lucide-react';
import { useState } from 'react';
import { ask } from '../api/ask.ts';
import { useWords } from '../i18n/language.ts';
import { Button } from '../kit/button.tsx';
import { Confirm } from '../kit/dialog.tsx';
import { attempt } from '../kit/failure.ts';
import { tell } from '../kit/notices.tsx';
import { ShortcutButton } from '../kit/shortcut-button.tsx';
import { DestinationDialog } from './destination-dialog.tsx';
import { asTarget, type Destination } from './destinations.ts';
import { noteGiven } from './given-away.tsx';

interface CallControlsProps {
  readonly call: CallView;
  /** Who calls, as one would say it. */
  readonly name: string;
  readonly nameOf: (party: string) => string;
}

/** What one can do with the conversation in hand; what could not be done is said right here. */
export const CallControls = ({ call, name, nameOf }: CallControlsProps) => {
  const words = useWords();
  const say = words.callInHand;
  const [question, setQuestion] = useState<'transfer' | 'add' | 'hang-up'>();
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();
  const close = (): void => setQuestion(undefined);

  /** @returns why it was not done, in a sentence; undefined when it was. */
  const request = async (deed: string, body?: unknown): Promise<string | undefined> => {
    let failed: string | undefined;
    setBusy(true);
    await attempt(
      words,
      () => ask('POST', `/api/calls/${encodeURIComponent(call.id)}/${deed}`, body),
      (text) => {
        failed = text;
      },
    );
    setBusy(false);
    return failed;
  };
  /** What could not be done is said beneath the buttons. */
  const press = async (deed: string, done: () => void = () => undefined): Promise<void> => {
    const failed = await request(deed);
    setFault(failed);
    if (failed === undefined) done();
  };
  const transfer = (kind: 'blind' | 'attended') => async (destination: Destination) => {
    const failed = await request('transfer', { kind, to: asTarget(destination) });
    if (failed === undefined && kind === 'blind')
      noteGiven({ call: call.id, who: name, to: destination.name, isTaken: false });
    if (failed === undefined) setFault(undefined);
    return failed;
  };

  return (
    <>
      {call.consulting === null ? (
        <div className="in-hand-actions">
          {call.third !== null ? null : (
            <>
              <ShortcutButton
                kind={call.onHold ? 'main' : 'plain'}
                icon={call.onHold ? <Play aria-hidden="true" /> : <Pause aria-hidden="true" />}
                label={call.onHold ? say.resume : say.hold}
                tip={call.onHold ? say.resumeTip : say.holdTip}
                letter="h"
                disabled={isBusy}
                onPress={() => void press(call.onHold ? 'resume' : 'hold')}
              />
              <ShortcutButton
                icon={<PhoneForwarded aria-hidden="true" />}
                label={say.transfer}
                letter="t"
                disabled={isBusy}
                onPress={() => setQuestion('transfer')}
              />
              <ShortcutButton
                icon={<UserPlus aria-hidden="true" />}
                label={say.add}
                tip={say.addTip}
                letter="j"
                disabled={isBusy || call.onHold}
                onPress={() => setQuestion('add')}
              />
            </>
          )}
          <Button kind="danger" icon={<PhoneOff aria-hidden="true" />} onClick={() => setQuestion('hang-up')}>
            {words.desk.hangUp}
          </Button>
        </div>
      ) : (
        <div className="in-hand-actions" data-rows="true">
          <ShortcutButton
            kind={call.consultAnswered ? 'main' : 'plain'}
            icon={<PhoneForwarded aria-hidden="true" />}
            label={call.consultAnswered ? say.complete : say.completeBlind}
            letter="c"
            disabled={isBusy}
            onPress={() =>
              void press('transfer/complete', () =>
                noteGiven({
                  call: call.id,
                  who: name,
                  to: nameOf(call.consulting ?? ''),
                  isTaken: call.consultAnswered,
                }),
              )
            }
          />
          <ShortcutButton
            icon={<CornerUpLeft aria-hidden="true" />}
            label={say.back}
            letter="b"
            disabled={isBusy}
            onPress={() => void press('transfer/cancel')}
          />
        </div>
      )}
      <p role="alert" className="field-fault">
        {fault}
      </p>
      {question === 'transfer' ? (
        <DestinationDialog
          title={say.transferOf(name)}
          deeds={[
            { label: say.askFirst, run: transfer('attended') },
            { label: say.now, run: transfer('blind') },
          ]}
          onClose={close}
        />
      ) : null}
      {question === 'add' ? (
        <DestinationDialog
          title={say.addTo(name)}
          isPhonesOnly
          deeds={[{ label: say.callToJoin, run: ({ to }) => request('conference', to) }]}
          onClose={close}
        />
      ) : null}
      {question === 'hang-up' ? (
        <Confirm
          title={words.calls.confirmHangUp(name)}
          text={words.calls.confirmHangUpText}
          action={words.desk.hangUp}
          onConfirm={() => void press('hang-up', () => tell(words.calls.hungUp))}
          onClose={close}
        />
      ) : null}
    </>
  );
};
