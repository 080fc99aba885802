import { Eye, EyeOff, OctagonAlert } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useWords } from '../i18n/language.ts';
import { Button, IconButton } from '../kit/button.tsx';
import { attempt } from '../kit/failure.ts';
import { Field } from '../kit/field.tsx';
import { LanguageMenu, ThemeMenu } from '../shell/choices.tsx';
import { Mark } from '../shell/mark.tsx';
import { signIn } from './session.ts';
import './sign-in.css';

export const SignIn = ({ wasIn }: { readonly wasIn: boolean }) => {
  const words = useWords();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [isShown, setShown] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState(wasIn ? words.problems['authentication-required'] : undefined);

  const submit = async (): Promise<void> => {
    setBusy(true);
    setFault(undefined);
    await attempt(words, () => signIn(username.trim(), password), setFault);
    setBusy(false);
  };

  return (
    <main className="sign-in">
      <form
        className="sign-in-form"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          void submit();
        }}
      >
        <div className="sign-in-brand">
          <Mark />
          <span>{words.brand}</span>
        </div>
        <h1>{words.signIn.title}</h1>
        <Field label={words.signIn.username}>
          {(tied) => (
            <input
              {...tied}
              name="username"
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              required
              // biome-ignore lint/a11y/noAutofocus: the one field that this page is for
              autoFocus
              value={username}
              onChange={(event) => setUsername(event.target.value)}
            />
          )}
        </Field>
        <div className="sign-in-password">
          <Field label={words.signIn.password}>
            {(tied) => (
              <input
                {...tied}
                name="password"
                type={isShown ? 'text' : 'password'}
                autoComplete="current-password"
                required
                value={password}
                onChange={(event) => setPassword(event.target.value)}
              />
            )}
          </Field>
          <IconButton
            label={isShown ? words.signIn.hidePassword : words.signIn.showPassword}
            onClick={() => setShown(!isShown)}
          >
            {isShown ? <EyeOff aria-hidden="true" /> : <Eye aria-hidden="true" />}
          </IconButton>
        </div>
        <div role="alert">
          {fault === undefined ? null : (
            <p className="sign-in-fault">
              <OctagonAlert aria-hidden="true" />
              {fault}
            </p>
          )}
        </div>
        <Button kind="main" type="submit" disabled={isBusy}>
          {words.signIn.submit}
        </Button>
        <p className="quiet small">{words.signIn.help}</p>
      </form>
      <div className="sign-in-choices">
        <LanguageMenu />
        <ThemeMenu />
      </div>
    </main>
  );
};
