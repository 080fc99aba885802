import type { AdmissionLimit } from '@cordboard/core';
import { OctagonAlert } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { clockTime } from '../format/moment.ts';
import { useLanguage, useWords } from '../i18n/language.ts';
import { inWords } from '../i18n/phrases.ts';
import './admission-note.css';

/** Says, and says aloud, that new callers are turned away, why, and how many; and when it is over. */
export const AdmissionNote = ({ admission }: { readonly admission: AdmissionLimit | null }) => {
  const words = useWords();
  const language = useLanguage();
  const say = words.admission;
  const wasLimited = useRef(false);
  const [isOver, setIsOver] = useState(false);
  const isLimited = admission !== null;

  useEffect(() => {
    setIsOver(wasLimited.current && !isLimited);
    wasLimited.current = isLimited;
  }, [isLimited]);

  return (
    <>
      <p className="unseen" aria-live="polite">
        {isLimited ? say.title : isOver ? say.over : ''}
      </p>
      {admission === null ? null : (
        <aside className="admission" aria-label={say.title}>
          <OctagonAlert aria-hidden="true" />
          <p>
            <strong>{say.begun(clockTime(admission.since, language), inWords(words, admission.because))}</strong>{' '}
            {say.soFar(admission.turnedAway)}
          </p>
        </aside>
      )}
    </>
  );
};
