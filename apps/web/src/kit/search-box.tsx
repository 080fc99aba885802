import { Search, X } from 'lucide-react';
import { useWords } from '../i18n/language.ts';
import { IconButton } from './button.tsx';
import './search-box.css';

interface SearchBoxProps {
  readonly label: string;
  readonly text: string;
  readonly onChange: (text: string) => void;
}

/** A search as one types. */
export const SearchBox = ({ label, text, onChange }: SearchBoxProps) => {
  const words = useWords();
  return (
    <div className="search-box">
      <Search aria-hidden="true" />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        value={text}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || text === '') return;
          event.stopPropagation();
          onChange('');
        }}
      />
      {text === '' ? null : (
        <IconButton label={words.actions.clearSearch} onClick={() => onChange('')}>
          <X aria-hidden="true" />
        </IconButton>
      )}
    </div>
  );
};
