import type { Phone, PhoneWithPassword } from '@cordboard/contracts';
import { Copy, KeyRound, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { ask } from '../api/ask.ts';
import { useAsked } from '../api/use-asked.ts';
import { isFound } from '../board/find.ts';
import { useWords } from '../i18n/language.ts';
import { Button } from '../kit/button.tsx';
import { Confirm, Dialog } from '../kit/dialog.tsx';
import { attempt } from '../kit/failure.ts';
import { tell, warn } from '../kit/notices.tsx';
import { Entry } from './entry.tsx';
import { type FieldSpec, FormDialog } from './form-dialog.tsx';
import { Section } from './section.tsx';
import { useChanges } from './use-changes.ts';

/** The desk phones, and their passwords, each shown once. */
export const Phones = () => {
  const words = useWords();
  const phones = useAsked<{ readonly items: readonly Phone[] }>('/api/phones');
  const changes = useChanges<Phone, 'password'>(phones.again);
  const { doing, begin, close, done } = changes;
  const [made, setMade] = useState<PhoneWithPassword>();
  const say = words.phones;

  const fields: readonly FieldSpec<'extension' | 'name'>[] = [
    {
      name: 'extension',
      label: say.extension,
      hint: say.extensionHint,
      isNeeded: true,
      check: (value) => (/^\d{2,6}$/.test(value) ? undefined : say.extensionBad),
    },
    { name: 'name', label: say.name, isNeeded: true },
  ];
  const renew = async ({ extension }: Phone): Promise<void> => {
    await attempt(
      words,
      async () => setMade(await ask<PhoneWithPassword>('POST', `/api/phones/${extension}/password`)),
      warn,
    );
  };

  return (
    <>
      <Section
        title={words.console.sections.phones}
        intro={say.intro}
        list={phones.is === 'there' ? { is: 'there', items: phones.answer.items } : phones}
        again={phones.again}
        none={say.none}
        add={{ label: say.add, onAdd: () => begin({ is: 'add' }) }}
        matches={(phone, text) => isFound(text, phone.name, phone.extension)}
      >
        {(phone) => (
          <Entry
            key={phone.extension}
            name={phone.name}
            beside={[words.agents.extension(phone.extension)]}
            actions={[
              {
                label: words.console.change,
                icon: <Pencil aria-hidden="true" />,
                onChoose: () => begin({ is: 'change', item: phone }),
              },
              {
                label: say.newPassword,
                icon: <KeyRound aria-hidden="true" />,
                onChoose: () => begin({ is: 'password', item: phone }),
              },
              {
                label: words.actions.remove,
                icon: <Trash2 aria-hidden="true" />,
                onChoose: () => begin({ is: 'remove', item: phone }),
              },
            ]}
          />
        )}
      </Section>
      {doing?.is === 'add' ? (
        <FormDialog
          title={say.add}
          fields={fields}
          initial={{ extension: '', name: '' }}
          action={words.actions.add}
          onClose={close}
          onSave={async (values) => {
            setMade(await ask<PhoneWithPassword>('POST', '/api/phones', values));
            done(words.console.added(values.name));
          }}
        />
      ) : null}
      {doing?.is === 'change' ? (
        <FormDialog
          title={words.console.edit(doing.item.name)}
          fields={fields}
          initial={doing.item}
          action={words.actions.save}
          onClose={close}
          onSave={async ({ extension, name }) => {
            await ask('PUT', `/api/phones/${doing.item.extension}`, { extension, name });
            done(words.console.saved);
          }}
        />
      ) : null}
      {doing?.is === 'password' ? (
        <Confirm
          title={say.confirmNewPassword(doing.item.extension)}
          text={say.confirmNewPasswordText}
          action={say.newPassword}
          onClose={close}
          onConfirm={() => void renew(doing.item)}
        />
      ) : null}
      {doing?.is === 'remove' ? (
        <Confirm
          title={words.console.confirmRemove(doing.item.name)}
          text={say.removeText}
          action={words.actions.remove}
          onClose={close}
          onConfirm={() => changes.remove(`/api/phones/${doing.item.extension}`, doing.item.name)}
        />
      ) : null}
      {made === undefined ? null : (
        <Dialog title={say.passwordOnce(made.extension)} onClose={() => setMade(undefined)}>
          <p className="dialog-text">{say.passwordOnceText}</p>
          <p className="secret">
            <code>{made.password}</code>
          </p>
          <div className="dialog-actions">
            <Button
              icon={<Copy aria-hidden="true" />}
              onClick={() => void navigator.clipboard?.writeText(made.password).then(() => tell(say.copied))}
            >
              {say.copy}
            </Button>
            <Button kind="main" onClick={() => setMade(undefined)}>
              {words.actions.close}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
};
