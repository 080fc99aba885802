import type { Card, CustomerInput } from '@cordboard/contracts';
import type { Customer } from '@cordboard/core';
import { type FormEvent, useState } from 'react';
import { ask } from '../api/ask.ts';
import { numberOf } from '../board/who.ts';
import { useFeed } from '../feed/feed-context.ts';
import { useWords } from '../i18n/language.ts';
import { Button } from '../kit/button.tsx';
import { attempt } from '../kit/failure.ts';
import { Field } from '../kit/field.tsx';
import { tell, warn } from '../kit/notices.tsx';

/** Nobody knows this caller yet: whoever talks with them writes down who it is. */
export const NewContact = ({ card }: { readonly card: Card }) => {
  const words = useWords();
  const feed = useFeed();
  const [name, setName] = useState(card.aniName);
  const [company, setCompany] = useState('');
  const [notes, setNotes] = useState('');
  const [isAsked, setAsked] = useState(false);
  const [isBusy, setBusy] = useState(false);

  const save = async (): Promise<void> => {
    setAsked(true);
    if (name.trim() === '') return;
    setBusy(true);
    const input: CustomerInput = {
      name: name.trim(),
      numbers: card.ani.length < 3 ? [] : [card.ani],
      ...(company.trim() === '' ? {} : { company: company.trim() }),
      ...(notes.trim() === '' ? {} : { notes: notes.trim() }),
    };
    await attempt(
      words,
      async () => {
        const customer = await ask<Customer>('POST', '/api/customers', input);
        feed.know(card.call, customer);
        tell(words.card.saved(customer.name));
      },
      warn,
    );
    setBusy(false);
  };

  return (
    <form
      className="panel contact"
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void save();
      }}
    >
      <h2>{words.card.newContact}</h2>
      <p className="quiet small">{words.card.newContactText}</p>
      <Field label={words.card.name} fault={isAsked && name.trim() === '' ? words.card.nameNeeded : undefined}>
        {(tied) => (
          <input
            {...tied}
            name="name"
            autoComplete="off"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Field label={words.card.company}>
        {(tied) => (
          <input
            {...tied}
            name="company"
            autoComplete="off"
            value={company}
            onChange={(event) => setCompany(event.target.value)}
          />
        )}
      </Field>
      <p className="contact-number">
        <span className="small quiet">{words.card.number}</span>
        {numberOf(words, card.ani)}
      </p>
      <Field label={words.card.notes}>
        {(tied) => <textarea {...tied} name="notes" value={notes} onChange={(event) => setNotes(event.target.value)} />}
      </Field>
      <Button kind="main" type="submit" disabled={isBusy}>
        {words.card.saveContact}
      </Button>
    </form>
  );
};
