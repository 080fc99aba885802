import type { Trunk, TrunkCheck } from '@cordboard/contracts';
import type { TrunkState } from '@cordboard/core';
import { CircleHelp, Plug, RefreshCw, Unplug } from 'lucide-react';
import { useState } from 'react';
import { ask } from '../api/ask.ts';
import { shortMoment } from '../format/moment.ts';
import { useLanguage, useWords, type Words } from '../i18n/language.ts';
import { inWords } from '../i18n/phrases.ts';
import { Button } from '../kit/button.tsx';
import { attempt } from '../kit/failure.ts';
import { Elapsed } from '../kit/timers.tsx';
import { isDown, trunkStateText } from './trunk-state.ts';

interface TrunkRowProps {
  readonly trunk: Pick<Trunk, 'id' | 'name'>;
  readonly state: TrunkState | null;
}

/** One line to a carrier: how it stands and since when; asked now, the carrier's answer stands beneath it in words. */
export const TrunkRow = ({ trunk, state }: TrunkRowProps) => {
  const words = useWords();
  const language = useLanguage();
  const say = words.trunkPanel;
  const [found, setFound] = useState<readonly string[]>([]);
  const [isAsking, setAsking] = useState(false);
  const isKnown = state !== null && state.is !== 'unknown';
  const Shape = isDown(state) ? Unplug : isKnown ? Plug : CircleHelp;

  const check = async (): Promise<void> => {
    setAsking(true);
    await attempt(
      words,
      async () => setFound(sentencesOf(words, await ask<TrunkCheck>('POST', `/api/trunks/${trunk.id}/check`))),
      (text) => setFound([text]),
    );
    setAsking(false);
  };

  return (
    <li className="row trunk-row" data-down={isDown(state)}>
      <span className="place-mark" aria-hidden="true">
        <Shape />
      </span>
      <p className="row-main">
        <span className="row-name">{trunk.name}</span>
        {state?.roundTripMs == null ? null : (
          <span className="row-beside" title={say.roundTripMeans}>
            {say.roundTrip(Math.round(state.roundTripMs))}
          </span>
        )}
      </p>
      <p className="row-where">
        <span className="trunk-state">{trunkStateText(words, state)}</span>
        {isDown(state) && state !== null ? (
          <span className="row-beside">{say.since(shortMoment(state.since, language))}</span>
        ) : state?.lastError == null || state.lastErrorAt === null ? null : (
          <span className="row-beside">
            {say.lastError(inWords(words, state.lastError), shortMoment(state.lastErrorAt, language))}
          </span>
        )}
      </p>
      <p className="row-time">{isDown(state) && state !== null ? <Elapsed since={state.since} /> : null}</p>
      <Button
        icon={<RefreshCw aria-hidden="true" />}
        disabled={isAsking}
        aria-label={say.checkOf(trunk.name)}
        onClick={() => void check()}
      >
        {say.check}
      </Button>
      <div className="trunk-found" role="status">
        {isAsking ? <p>{say.checking}</p> : found.map((sentence) => <p key={sentence}>{sentence}</p>)}
      </div>
    </li>
  );
};

const sentencesOf = ({ trunkPanel: say }: Words, { ok, findings, roundTripMs }: TrunkCheck): readonly string[] =>
  ok
    ? [say.fine(roundTripMs === null ? '' : say.after(Math.round(roundTripMs)))]
    : findings.map(({ code, message }) => say.findings[code] ?? message);
