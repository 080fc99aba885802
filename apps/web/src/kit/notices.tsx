import { CircleCheck, OctagonAlert, X } from 'lucide-react';
import { useWords } from '../i18n/language.ts';
import { Store, useStore } from '../store.ts';
import { IconButton } from './button.tsx';
import './notices.css';

interface Notice {
  readonly id: number;
  readonly text: string;
  readonly isFailure: boolean;
}

const notices = new Store<readonly Notice[]>([]);
/** Good news goes by itself; bad news stays until it is put away. */
const goodNewsMs = 4000;
let count = 0;

const drop = (id: number): void => notices.set(notices.get().filter((notice) => notice.id !== id));

const add = (text: string, isFailure: boolean): number => {
  count += 1;
  notices.set([...notices.get().slice(-2), { id: count, text, isFailure }]);
  return count;
};

/** Says that something is done. */
export const tell = (text: string): void => {
  const id = add(text, false);
  setTimeout(() => drop(id), goodNewsMs);
};

/** Says that something is not done, and what to do. */
export const warn = (text: string): void => {
  add(text, true);
};

export const Notices = () => {
  const words = useWords();
  const shown = useStore(notices);
  return (
    <div className="notices">
      <div role="status">
        {shown
          .filter(({ isFailure }) => !isFailure)
          .map((notice) => (
            <p key={notice.id} className="notice">
              <CircleCheck aria-hidden="true" />
              {notice.text}
            </p>
          ))}
      </div>
      <div role="alert">
        {shown
          .filter(({ isFailure }) => isFailure)
          .map((notice) => (
            <p key={notice.id} className="notice notice-failure">
              <OctagonAlert aria-hidden="true" />
              {notice.text}
              <IconButton label={words.actions.close} onClick={() => drop(notice.id)}>
                <X aria-hidden="true" />
              </IconButton>
            </p>
          ))}
      </div>
    </div>
  );
};
