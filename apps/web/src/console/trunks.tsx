import type { Trunk } from '@cordboard/contracts';
import { Pencil, Trash2 } from 'lucide-react';
import { ask } from '../api/ask.ts';
import { useAsked } from '../api/use-asked.ts';
import { isFound } from '../board/find.ts';
import { useWords } from '../i18n/language.ts';
import { Confirm } from '../kit/dialog.tsx';
import { Entry } from './entry.tsx';
import { type FieldSpec, FormDialog, filled, linesOf } from './form-dialog.tsx';
import { Section } from './section.tsx';
import { useChanges } from './use-changes.ts';

type Name = 'name' | 'addresses' | 'server' | 'username' | 'password';

/** The lines to carriers. */
export const Trunks = () => {
  const words = useWords();
  const trunks = useAsked<{ readonly items: readonly Trunk[] }>('/api/trunks');
  const changes = useChanges<Trunk>(trunks.again);
  const { doing, begin, close, done } = changes;
  const say = words.trunks;

  const id: FieldSpec<'id'> = {
    name: 'id',
    label: say.id,
    hint: say.idHint,
    isNeeded: true,
    check: (value) => (/^[a-z0-9][a-z0-9-]{0,31}$/.test(value) ? undefined : say.idBad),
  };
  const fieldsOf = (registers: boolean): readonly FieldSpec<Name>[] => [
    { name: 'name', label: say.name, isNeeded: true },
    { name: 'addresses', label: say.addresses, hint: say.addressesHint, kind: 'lines' },
    { name: 'server', label: say.server, hint: say.serverHint },
    { name: 'username', label: say.username, hint: say.usernameHint },
    {
      name: 'password',
      label: say.password,
      hint: say.passwordHint,
      kind: 'password',
      check: (value, { username }) =>
        !registers && username.trim() !== '' && value === '' ? say.passwordNeeded : undefined,
    },
  ];

  return (
    <>
      <Section
        title={words.console.sections.trunks}
        intro={say.intro}
        list={trunks.is === 'there' ? { is: 'there', items: trunks.answer.items } : trunks}
        again={trunks.again}
        none={say.none}
        add={{ label: say.add, onAdd: () => begin({ is: 'add' }) }}
        matches={(trunk, text) => isFound(text, trunk.name, trunk.id, trunk.server, ...trunk.addresses)}
      >
        {(trunk) => (
          <Entry
            key={trunk.id}
            name={trunk.name}
            beside={[
              trunk.id,
              trunk.server,
              ...trunk.addresses,
              trunk.registration === undefined ? undefined : say.registers(trunk.registration.username),
            ]}
            actions={[
              {
                label: words.console.change,
                icon: <Pencil aria-hidden="true" />,
                onChoose: () => begin({ is: 'change', item: trunk }),
              },
              {
                label: words.actions.remove,
                icon: <Trash2 aria-hidden="true" />,
                onChoose: () => begin({ is: 'remove', item: trunk }),
              },
            ]}
          />
        )}
      </Section>
      {doing?.is === 'add' ? (
        <FormDialog<Name | 'id'>
          title={say.add}
          fields={[id, ...fieldsOf(false)]}
          initial={{ id: '', name: '', addresses: '', server: '', username: '', password: '' }}
          action={words.actions.add}
          onClose={close}
          onSave={async (values) => {
            await ask('POST', '/api/trunks', { id: values.id, ...bodyOf(values) });
            done(words.console.added(values.name));
          }}
        />
      ) : null}
      {doing?.is === 'change' ? (
        <FormDialog<Name>
          title={words.console.edit(doing.item.name)}
          fields={fieldsOf(doing.item.registration !== undefined)}
          initial={{
            name: doing.item.name,
            addresses: doing.item.addresses.join('\n'),
            server: doing.item.server ?? '',
            username: doing.item.registration?.username ?? '',
            password: '',
          }}
          action={words.actions.save}
          onClose={close}
          onSave={async (values) => {
            await ask('PUT', `/api/trunks/${doing.item.id}`, bodyOf(values));
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
          onConfirm={() => changes.remove(`/api/trunks/${doing.item.id}`, doing.item.name)}
        />
      ) : null}
    </>
  );
};

const bodyOf = (values: Readonly<Record<Name, string>>) => {
  const { name = '', server, username, password } = filled(values);
  return {
    name,
    addresses: linesOf(values.addresses),
    ...(server === undefined ? {} : { server }),
    ...(username === undefined ? {} : { registration: { username, ...(password === undefined ? {} : { password }) } }),
  };
};
