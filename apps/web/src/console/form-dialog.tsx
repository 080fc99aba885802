import { type FormEvent, useState } from 'react';
import { type Failure, Refused } from '../api/problem.ts';
import { useWords, type Words } from '../i18n/language.ts';
import { Button } from '../kit/button.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { attempt } from '../kit/failure.ts';
import { Field } from '../kit/field.tsx';
import './form-dialog.css';

/** One field of a form: what it is called, what belongs in it, and what is wrong with what was typed. */
export interface FieldSpec<Name extends string> {
  readonly name: Name;
  readonly label: string;
  readonly hint?: string;
  readonly kind?: 'line' | 'lines' | 'password' | 'choice';
  /** Of a `choice`: value and what is read. */
  readonly choices?: readonly (readonly [string, string])[];
  readonly isNeeded?: boolean;
  /** @returns what to write instead; undefined when it can be taken. */
  readonly check?: (value: string, all: Readonly<Record<Name, string>>) => string | undefined;
}

interface FormDialogProps<Name extends string> {
  readonly title: string;
  readonly fields: readonly FieldSpec<Name>[];
  readonly initial: Readonly<Record<Name, string>>;
  readonly action: string;
  /** @throws Refused, Unreachable */
  readonly onSave: (values: Readonly<Record<Name, string>>) => Promise<void>;
  readonly onClose: () => void;
}

/** A form that says of each field what belongs there, and while one types whether it can be taken. */
export const FormDialog = <Name extends string>({
  title,
  fields,
  initial,
  action,
  onSave,
  onClose,
}: FormDialogProps<Name>) => {
  const words = useWords();
  const [values, setValues] = useState(initial);
  const [touched, setTouched] = useState<ReadonlySet<Name>>(new Set());
  const [refused, setRefused] = useState<ReadonlySet<string>>(new Set());
  const [fault, setFault] = useState<string>();
  const [isBusy, setBusy] = useState(false);

  const faultOf = (field: FieldSpec<Name>): string | undefined => {
    const value = values[field.name];
    if (field.isNeeded && value.trim() === '') return words.console.fieldNeeded;
    return field.check?.(value, values) ?? (refused.has(field.name) ? words.console.fieldRefused : undefined);
  };
  const change = (name: Name, value: string): void => {
    setValues({ ...values, [name]: value });
    setTouched(new Set([...touched, name]));
    setRefused(new Set([...refused].filter((each) => each !== name)));
  };
  const save = async (): Promise<void> => {
    setTouched(new Set(fields.map(({ name }) => name)));
    if (fields.some((field) => faultOf(field) !== undefined)) return;
    setBusy(true);
    setFault(undefined);
    const isDone = await attempt(
      words,
      () => onSave(values),
      (text, failure) => {
        setFault(text);
        setRefused(refusedFields(failure));
      },
    );
    setBusy(false);
    if (isDone) onClose();
  };

  return (
    <Dialog title={title} onClose={onClose}>
      <form
        className="form"
        noValidate
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          void save();
        }}
      >
        {fields.map((field) => (
          <Field
            key={field.name}
            label={field.label}
            hint={field.hint}
            fault={touched.has(field.name) ? faultOf(field) : undefined}
          >
            {(tied) => (
              <Control {...tied} field={field} value={values[field.name]} onChange={(to) => change(field.name, to)} />
            )}
          </Field>
        ))}
        <div role="alert">{fault === undefined ? null : <p className="form-fault">{fault}</p>}</div>
        <div className="dialog-actions">
          <Button onClick={onClose}>{words.actions.cancel}</Button>
          <Button kind="main" type="submit" disabled={isBusy}>
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
};

interface ControlProps<Name extends string> {
  readonly id: string;
  readonly field: FieldSpec<Name>;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

const Control = <Name extends string>({ field, value, onChange, ...tied }: ControlProps<Name>) => {
  const shared = { ...tied, name: field.name, value };
  switch (field.kind) {
    case 'lines':
      return <textarea {...shared} onChange={(event) => onChange(event.target.value)} />;
    case 'choice':
      return (
        <select {...shared} onChange={(event) => onChange(event.target.value)}>
          {(field.choices ?? []).map(([choice, label]) => (
            <option key={choice} value={choice}>
              {label}
            </option>
          ))}
        </select>
      );
    default:
      return (
        <input
          {...shared}
          type={field.kind === 'password' ? 'password' : 'text'}
          autoComplete={field.kind === 'password' ? 'new-password' : 'off'}
          spellCheck={false}
          onChange={(event) => onChange(event.target.value)}
        />
      );
  }
};

/** The fields that the API names: of `registration.password`, both parts, since a form may have either. */
const refusedFields = (failure: Failure): ReadonlySet<string> =>
  new Set(failure instanceof Refused ? (failure.problem.errors ?? []).flatMap(({ path }) => path.split('.')) : []);

/** Whoever writes a list writes one thing a line. */
export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** Fields left empty are left out. */
export const filled = <Name extends string>(values: Readonly<Record<Name, string>>): Partial<Record<Name, string>> =>
  Object.fromEntries(
    Object.entries<string>(values)
      .map(([name, value]) => [name, value.trim()])
      .filter(([, value]) => value !== ''),
  ) as Partial<Record<Name, string>>;

/** The roles of fields that several forms have. */
export const passwordCheck =
  (words: Words) =>
  (value: string): string | undefined =>
    value !== '' && value.length < 12 ? words.people.passwordShort : undefined;
