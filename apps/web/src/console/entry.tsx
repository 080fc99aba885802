import { EllipsisVertical } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../i18n/language.ts';
import { Menu, type MenuItem } from '../kit/menu.tsx';

interface EntryProps {
  readonly name: string;
  readonly beside: readonly (string | undefined)[];
  readonly actions?: readonly MenuItem[];
  readonly children?: ReactNode;
}

/** One line of a list: its name, what else is known, and what can be done with it. */
export const Entry = ({ name, beside, actions = [], children }: EntryProps) => {
  const words = useWords();
  return (
    <li className="entry">
      <div className="entry-text">
        <p className="entry-name">{name}</p>
        <p className="quiet small">{beside.filter((part) => part !== undefined && part !== '').join(' · ')}</p>
        {children}
      </div>
      {actions.length === 0 ? null : (
        <Menu label={words.actions.menuOf(name)} icon={<EllipsisVertical aria-hidden="true" />} items={actions} />
      )}
    </li>
  );
};
