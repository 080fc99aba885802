import { Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Failure } from '../api/problem.ts';
import { useWords } from '../i18n/language.ts';
import { Button } from '../kit/button.tsx';
import { Empty, Loading } from '../kit/empty.tsx';
import { failureText } from '../kit/failure.ts';
import { SearchBox } from '../kit/search-box.tsx';

interface SectionProps<Item> {
  readonly title: string;
  readonly intro: string;
  readonly list:
    | { readonly is: 'loading' }
    | { readonly is: 'failed'; readonly failure: Failure }
    | { readonly is: 'there'; readonly items: readonly Item[] };
  readonly again: () => void;
  /** What is said where there is nothing, and what to do then. */
  readonly none: string;
  readonly noneNext?: string;
  readonly add?: { readonly label: string; readonly onAdd: () => void };
  /** Without it, there is no search. */
  readonly matches?: (item: Item, text: string) => boolean;
  /** Where the API does the searching. */
  readonly search?: { readonly text: string; readonly onChange: (text: string) => void };
  readonly children: (item: Item) => ReactNode;
  readonly more?: ReactNode;
}

/** One list of the console, in all its states. */
export const Section = <Item,>(props: SectionProps<Item>) => {
  const { title, intro, list, again, none, noneNext, add, matches, children, more } = props;
  const words = useWords();
  const [own, setOwn] = useState('');
  const search = props.search ?? (matches === undefined ? undefined : { text: own, onChange: setOwn });
  const text = search?.text ?? '';
  const items = list.is === 'there' ? list.items.filter((item) => matches === undefined || matches(item, text)) : [];
  return (
    <section className="section" aria-labelledby="section">
      <header className="section-head">
        <div>
          <h2 id="section">{title}</h2>
          <p className="quiet">{intro}</p>
        </div>
        {add === undefined ? null : (
          <Button kind="main" icon={<Plus aria-hidden="true" />} onClick={add.onAdd}>
            {add.label}
          </Button>
        )}
      </header>
      {search === undefined ? null : <SearchBox label={words.console.search} text={text} onChange={search.onChange} />}
      <div className="section-list">
        {list.is === 'loading' ? <Loading label={words.shell.loading} lines={6} /> : null}
        {list.is === 'failed' ? (
          <Empty title={words.console.failed} next={failureText(words, list.failure)}>
            <Button onClick={again}>{words.actions.tryAgain}</Button>
          </Empty>
        ) : null}
        {list.is === 'there' && items.length === 0 ? (
          text === '' ? (
            <Empty title={none} next={noneNext} />
          ) : (
            <Empty title={words.console.noMatch(text)}>
              <Button onClick={() => search?.onChange('')}>{words.actions.clearSearch}</Button>
            </Empty>
          )
        ) : null}
        {items.length === 0 ? null : <ul>{items.map(children)}</ul>}
      </div>
      {more}
    </section>
  );
};
