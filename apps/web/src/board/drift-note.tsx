import type { Healing } from '@cordboard/core';
import { ShieldCheck } from 'lucide-react';
import { useDiffered } from '../feed/feed-context.ts';
import { useNow } from '../feed/ticks.ts';
import { clockTime } from '../format/moment.ts';
import { useLanguage, useWords } from '../i18n/language.ts';
import { Link } from '../shell/link.tsx';
import './drift-note.css';

const hourMs = 3_600_000;

/** Says quietly what had to be put right in the last hour: with Asterisk, and on this very page. */
export const DriftNote = ({ healings }: { readonly healings: readonly Healing[] }) => {
  const words = useWords();
  const language = useLanguage();
  const say = words.drift;
  const now = useNow();
  const differed = useDiffered().filter((at) => now - at < hourMs);
  const recent = healings.filter(({ at }) => now - at < hourMs);
  const last = recent.at(-1);
  const lastDiffered = differed.at(-1);
  if (last === undefined && lastDiffered === undefined) return null;
  return (
    <aside className="drift" aria-label={words.drift.title}>
      <ShieldCheck aria-hidden="true" />
      <div>
        {last === undefined ? null : (
          <p>
            {say.withAsterisk(recent.reduce((sum, { count }) => sum + count, 0))}{' '}
            {say.last(
              clockTime(last.at, language),
              [say.kinds[last.last.is](last.last.what), ...(last.afterOutage ? [say.afterOutage] : [])].join(', '),
            )}{' '}
            <Link to={`/board/calls/${encodeURIComponent(last.last.call)}`}>{say.story}</Link>
          </p>
        )}
        {lastDiffered === undefined ? null : <p>{say.withPage(differed.length, clockTime(lastDiffered, language))}</p>}
      </div>
    </aside>
  );
};
