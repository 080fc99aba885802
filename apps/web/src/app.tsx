import { CloudOff } from 'lucide-react';
import { lazy, Suspense, useEffect } from 'react';
import { useWords } from './i18n/language.ts';
import { Button } from './kit/button.tsx';
import { Empty } from './kit/empty.tsx';
import { Notices } from './kit/notices.tsx';
import { lookForSession, useSession } from './session/session.ts';
import { SignIn } from './session/sign-in.tsx';
import { House } from './shell/house.tsx';
import { usePath } from './shell/path.ts';

/** Every component in every state, while the pages are worked on; no build has it. */
const Showcase = import.meta.env.DEV
  ? lazy(async () => ({ default: (await import('./showcase/showcase.tsx')).Showcase }))
  : undefined;

export const App = () => {
  const path = usePath();
  if (Showcase !== undefined && path === '/kit')
    return (
      <Suspense>
        <Showcase />
      </Suspense>
    );
  return (
    <>
      <Door />
      <Notices />
    </>
  );
};

/** Whoever is signed in comes in; others sign in first. */
const Door = () => {
  const words = useWords();
  const session = useSession();
  useEffect(() => void lookForSession(), []);
  switch (session.is) {
    case 'unknown':
      return null;
    case 'unreachable':
      return (
        <main>
          <Empty icon={<CloudOff aria-hidden="true" />} title={words.problems.unreachable}>
            <Button onClick={() => void lookForSession()}>{words.actions.tryAgain}</Button>
          </Empty>
        </main>
      );
    case 'out':
      return <SignIn wasIn={session.wasIn} />;
    case 'in':
      return <House key={session.user.id} user={session.user} />;
  }
};
