import { useState } from 'react';
import { ask } from '../api/ask.ts';
import { useWords } from '../i18n/language.ts';
import { attempt } from '../kit/failure.ts';
import { tell, warn } from '../kit/notices.tsx';

/** What is being done to a list: nothing, adding, or something to one of its items. */
export type Doing<Item, Deed extends string> =
  | undefined
  | { readonly is: 'add' }
  | { readonly is: 'change' | 'remove' | Deed; readonly item: Item };

/** Which dialog of a list is open, and how its changes are made and told. */
export const useChanges = <Item, Deed extends string = never>(again: () => void) => {
  const words = useWords();
  const [doing, setDoing] = useState<Doing<Item, Deed>>();
  return {
    doing,
    begin: setDoing,
    close: () => setDoing(undefined),
    /** Made; the list is read anew. */
    done(text: string) {
      tell(text);
      again();
    },
    remove(path: string, name: string) {
      void attempt(words, () => ask('DELETE', path), warn).then((isDone) => {
        if (!isDone) return;
        tell(words.console.removed(name));
        again();
      });
    },
  };
};
