import type { AgentEntry, Phone } from '@cordboard/contracts';
import { Pencil, Trash2 } from 'lucide-react';
import { ask } from '../api/ask.ts';
import { useAsked } from '../api/use-asked.ts';
import { isFound } from '../board/find.ts';
import { useWords } from '../i18n/language.ts';
import { Confirm } from '../kit/dialog.tsx';
import { Entry } from './entry.tsx';
import { type FieldSpec, FormDialog } from './form-dialog.tsx';
import { Section } from './section.tsx';
import { useChanges } from './use-changes.ts';

type Name = 'name' | 'extension' | 'site';

/** Who answers calls, and at which phone. */
export const Agents = () => {
  const words = useWords();
  const agents = useAsked<{ readonly items: readonly AgentEntry[] }>('/api/agents');
  const phones = useAsked<{ readonly items: readonly Phone[] }>('/api/phones');
  const changes = useChanges<AgentEntry>(agents.again);
  const { doing, begin, close, done } = changes;
  const say = words.agentsList;

  const id: FieldSpec<'id'> = {
    name: 'id',
    label: say.id,
    hint: words.trunks.idHint,
    isNeeded: true,
    check: (value) => (/^[a-z0-9][a-z0-9-]{0,31}$/.test(value) ? undefined : words.trunks.idBad),
  };
  const fields: readonly FieldSpec<Name>[] = [
    { name: 'name', label: say.name, isNeeded: true },
    {
      name: 'extension',
      label: say.extension,
      hint: say.extensionHint,
      kind: 'choice',
      isNeeded: true,
      choices: [
        ['', say.choose],
        ...(phones.is === 'there' ? phones.answer.items : []).map(
          ({ extension, name }) => [extension, `${extension} · ${name}`] as const,
        ),
      ],
    },
    { name: 'site', label: say.site, hint: say.siteHint },
  ];

  return (
    <>
      <Section
        title={words.console.sections.agents}
        intro={say.intro}
        list={agents.is === 'there' ? { is: 'there', items: agents.answer.items } : agents}
        again={agents.again}
        none={say.none}
        add={{ label: say.add, onAdd: () => begin({ is: 'add' }) }}
        matches={(agent, text) => isFound(text, agent.name, agent.id, agent.extension, agent.site ?? '')}
      >
        {(agent) => (
          <Entry
            key={agent.id}
            name={agent.name}
            beside={[agent.id, words.agents.extension(agent.extension), ...(agent.site === null ? [] : [agent.site])]}
            actions={[
              {
                label: words.console.change,
                icon: <Pencil aria-hidden="true" />,
                onChoose: () => begin({ is: 'change', item: agent }),
              },
              {
                label: words.actions.remove,
                icon: <Trash2 aria-hidden="true" />,
                onChoose: () => begin({ is: 'remove', item: agent }),
              },
            ]}
          />
        )}
      </Section>
      {doing?.is === 'add' ? (
        <FormDialog<Name | 'id'>
          title={say.add}
          fields={[id, ...fields]}
          initial={{ id: '', name: '', extension: '', site: '' }}
          action={words.actions.add}
          onClose={close}
          onSave={async (values) => {
            await ask('POST', '/api/agents', entered(values));
            done(words.console.added(values.name));
          }}
        />
      ) : null}
      {doing?.is === 'change' ? (
        <FormDialog<Name>
          title={words.console.edit(doing.item.name)}
          fields={fields}
          initial={{ name: doing.item.name, extension: doing.item.extension, site: doing.item.site ?? '' }}
          action={words.actions.save}
          onClose={close}
          onSave={async (values) => {
            await ask('PUT', `/api/agents/${doing.item.id}`, entered(values));
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
          onConfirm={() => changes.remove(`/api/agents/${doing.item.id}`, doing.item.name)}
        />
      ) : null}
    </>
  );
};

/** A site left empty is none. */
const entered = <Values extends { readonly site: string }>(values: Values) => ({
  ...values,
  site: values.site.trim() === '' ? null : values.site,
});
