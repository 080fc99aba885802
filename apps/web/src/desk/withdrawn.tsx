import { PhoneMissed } from 'lucide-react';
import { useWords } from '../i18n/language.ts';
import { Empty } from '../kit/empty.tsx';

/** The card was taken away: what became of the call. */
export const Withdrawn = ({ because }: { readonly because: string }) => {
  const words = useWords();
  const known: Readonly<Record<string, string>> = words.card.withdrawnBecause;
  return (
    <div className="panel" role="status">
      <Empty
        icon={<PhoneMissed aria-hidden="true" />}
        title={words.card.withdrawn}
        next={Object.hasOwn(known, because) ? known[because] : words.card.withdrawnBecause.elsewhere}
      />
    </div>
  );
};
