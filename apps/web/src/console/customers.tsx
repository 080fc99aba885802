import type { CustomerEntry } from '@cordboard/contracts';
import { Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { ask } from '../api/ask.ts';
import { useAsked } from '../api/use-asked.ts';
import { phoneNumber } from '../format/number.ts';
import { useWords } from '../i18n/language.ts';
import { Button } from '../kit/button.tsx';
import { Confirm } from '../kit/dialog.tsx';
import { Entry } from './entry.tsx';
import { type FieldSpec, FormDialog, filled, linesOf } from './form-dialog.tsx';
import { Section } from './section.tsx';
import { useChanges } from './use-changes.ts';

type Name = 'name' | 'company' | 'segment' | 'numbers' | 'notes';
interface Page {
  readonly items: readonly CustomerEntry[];
  readonly next: string | null;
}

/** A page of the directory; more are shown as they are asked for, as far as the API gives at once. */
const pageSize = 50;
const mostAtOnce = 200;

/** Who calls: the directory that cards are made from. */
export const Customers = () => {
  const words = useWords();
  const [text, setText] = useState('');
  const [limit, setLimit] = useState(pageSize);
  const query = new URLSearchParams({ limit: String(limit), ...(text.trim() === '' ? {} : { search: text.trim() }) });
  const customers = useAsked<Page>(`/api/customers?${query}`);
  const changes = useChanges<CustomerEntry>(customers.again);
  const { doing, begin, close, done } = changes;
  const say = words.customers;

  const fields: readonly FieldSpec<Name>[] = [
    { name: 'name', label: say.name, isNeeded: true },
    { name: 'company', label: say.company },
    { name: 'segment', label: say.segment, hint: say.segmentHint },
    { name: 'numbers', label: say.numbers, hint: say.numbersHint, kind: 'lines' },
    { name: 'notes', label: say.notes, hint: say.notesHint, kind: 'lines' },
  ];

  return (
    <>
      <Section
        title={words.console.sections.customers}
        intro={say.intro}
        list={customers.is === 'there' ? { is: 'there', items: customers.answer.items } : customers}
        again={customers.again}
        none={say.none}
        add={{ label: say.add, onAdd: () => begin({ is: 'add' }) }}
        search={{
          text,
          onChange: (to) => {
            setText(to);
            setLimit(pageSize);
          },
        }}
        more={
          customers.is === 'there' && customers.answer.next !== null && limit < mostAtOnce ? (
            <Button onClick={() => setLimit(Math.min(mostAtOnce, limit + pageSize))}>{words.console.more}</Button>
          ) : null
        }
      >
        {(customer) => (
          <Entry
            key={customer.id}
            name={customer.name}
            beside={[customer.company, customer.segment, ...customer.numbers.map(phoneNumber)]}
            actions={[
              {
                label: words.console.change,
                icon: <Pencil aria-hidden="true" />,
                onChoose: () => begin({ is: 'change', item: customer }),
              },
              {
                label: words.actions.remove,
                icon: <Trash2 aria-hidden="true" />,
                onChoose: () => begin({ is: 'remove', item: customer }),
              },
            ]}
          />
        )}
      </Section>
      {doing?.is === 'add' ? (
        <FormDialog<Name>
          title={say.add}
          fields={fields}
          initial={{ name: '', company: '', segment: '', numbers: '', notes: '' }}
          action={words.actions.add}
          onClose={close}
          onSave={async (values) => {
            await ask('POST', '/api/customers', bodyOf(values));
            done(words.console.added(values.name));
          }}
        />
      ) : null}
      {doing?.is === 'change' ? (
        <FormDialog<Name>
          title={words.console.edit(doing.item.name)}
          fields={fields}
          initial={{
            name: doing.item.name,
            company: doing.item.company ?? '',
            segment: doing.item.segment ?? '',
            numbers: doing.item.numbers.join('\n'),
            notes: doing.item.notes ?? '',
          }}
          action={words.actions.save}
          onClose={close}
          onSave={async (values) => {
            await ask('PUT', `/api/customers/${doing.item.id}`, bodyOf(values));
            done(words.console.saved);
          }}
        />
      ) : null}
      {doing?.is === 'remove' ? (
        <Confirm
          title={words.console.confirmRemove(doing.item.name)}
          text={say.removeText}
          action={words.actions.remove}
          onClose={close}
          onConfirm={() => changes.remove(`/api/customers/${doing.item.id}`, doing.item.name)}
        />
      ) : null}
    </>
  );
};

const bodyOf = ({ numbers, ...rest }: Readonly<Record<Name, string>>) => ({
  ...filled(rest),
  numbers: linesOf(numbers),
});
