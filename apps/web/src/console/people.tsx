import type { AgentEntry, User as ContractUser } from '@cordboard/contracts';
import { KeyRound, Pencil, Trash2 } from 'lucide-react';
import { ask } from '../api/ask.ts';
import { useAsked } from '../api/use-asked.ts';
import { isFound } from '../board/find.ts';
import { en } from '../i18n/en.ts';
import { fr } from '../i18n/fr.ts';
import { useWords } from '../i18n/language.ts';
import { Confirm } from '../kit/dialog.tsx';
import { Entry } from './entry.tsx';
import { type FieldSpec, FormDialog, passwordCheck } from './form-dialog.tsx';
import { Section } from './section.tsx';
import { useChanges } from './use-changes.ts';

type Person = ContractUser;
type Name = 'username' | 'name' | 'role' | 'agentId' | 'language' | 'password';

/** Who may sign in, and their passwords. */
export const People = () => {
  const words = useWords();
  const people = useAsked<{ readonly items: readonly Person[] }>('/api/users');
  const agents = useAsked<{ readonly items: readonly AgentEntry[] }>('/api/agents');
  const changes = useChanges<Person, 'password'>(people.again);
  const { doing, begin, close, done } = changes;
  const say = words.people;

  const agentChoices = agents.is === 'there' ? agents.answer.items : [];
  const fields: readonly FieldSpec<Exclude<Name, 'password'>>[] = [
    { name: 'username', label: say.username, hint: say.usernameHint, isNeeded: true },
    { name: 'name', label: say.name, isNeeded: true },
    {
      name: 'role',
      label: say.role,
      kind: 'choice',
      choices: [
        ['agent', say.roles.agent],
        ['supervisor', say.roles.supervisor],
        ['administrator', say.roles.administrator],
      ],
    },
    {
      name: 'agentId',
      label: say.agent,
      hint: say.agentHint,
      kind: 'choice',
      choices: [
        ['', say.noAgent],
        ...agentChoices.map(({ id, name, extension }) => [id, `${name} (${extension})`] as const),
      ],
    },
    {
      name: 'language',
      label: say.language,
      kind: 'choice',
      choices: [
        ['en', en.languageName],
        ['fr', fr.languageName],
      ],
    },
  ];
  const password: FieldSpec<'password'> = {
    name: 'password',
    label: say.password,
    hint: say.passwordHint,
    kind: 'password',
    check: passwordCheck(words),
  };

  return (
    <>
      <Section
        title={words.console.sections.people}
        intro={say.intro}
        list={people.is === 'there' ? { is: 'there', items: people.answer.items } : people}
        again={people.again}
        none={say.none}
        add={{ label: say.add, onAdd: () => begin({ is: 'add' }) }}
        matches={(person, text) => isFound(text, person.name, person.username, say.roles[person.role])}
      >
        {(person) => (
          <Entry
            key={person.id}
            name={person.name}
            beside={[
              person.username,
              say.roles[person.role],
              agentChoices.find(({ id }) => id === person.agentId)?.name ?? person.agentId ?? undefined,
              person.hasPassword ? undefined : say.noPassword,
            ]}
            actions={[
              {
                label: words.console.change,
                icon: <Pencil aria-hidden="true" />,
                onChoose: () => begin({ is: 'change', item: person }),
              },
              {
                label: say.setPassword,
                icon: <KeyRound aria-hidden="true" />,
                onChoose: () => begin({ is: 'password', item: person }),
              },
              {
                label: words.actions.remove,
                icon: <Trash2 aria-hidden="true" />,
                onChoose: () => begin({ is: 'remove', item: person }),
              },
            ]}
          />
        )}
      </Section>
      {doing?.is === 'add' ? (
        <FormDialog<Name>
          title={say.add}
          fields={[...fields, password]}
          initial={{ username: '', name: '', role: 'agent', agentId: '', language: 'en', password: '' }}
          action={words.actions.add}
          onClose={close}
          onSave={async ({ password: chosen, agentId, ...rest }) => {
            await ask('POST', '/api/users', {
              ...rest,
              agentId: agentId === '' ? null : agentId,
              ...(chosen === '' ? {} : { password: chosen }),
            });
            done(words.console.added(rest.name));
          }}
        />
      ) : null}
      {doing?.is === 'change' ? (
        <FormDialog
          title={words.console.edit(doing.item.name)}
          fields={fields}
          initial={{
            username: doing.item.username,
            name: doing.item.name,
            role: doing.item.role,
            agentId: doing.item.agentId ?? '',
            language: doing.item.language,
          }}
          action={words.actions.save}
          onClose={close}
          onSave={async ({ agentId, ...rest }) => {
            await ask('PUT', `/api/users/${doing.item.id}`, { ...rest, agentId: agentId === '' ? null : agentId });
            done(words.console.saved);
          }}
        />
      ) : null}
      {doing?.is === 'password' ? (
        <FormDialog
          title={`${say.setPassword} · ${doing.item.name}`}
          fields={[{ ...password, isNeeded: true }]}
          initial={{ password: '' }}
          action={say.setPassword}
          onClose={close}
          onSave={async (body) => {
            await ask('PUT', `/api/users/${doing.item.id}/password`, body);
            done(say.passwordSet(doing.item.name));
          }}
        />
      ) : null}
      {doing?.is === 'remove' ? (
        <Confirm
          title={words.console.confirmRemove(doing.item.name)}
          text={say.removeText}
          action={words.actions.remove}
          onClose={close}
          onConfirm={() => changes.remove(`/api/users/${doing.item.id}`, doing.item.name)}
        />
      ) : null}
    </>
  );
};
