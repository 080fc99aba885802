import type { AgentStateRequest } from '@cordboard/contracts';
import type { AgentView } from '@cordboard/core';
import { CircleCheck, EllipsisVertical, LogIn, LogOut, Pause } from 'lucide-react';
import { useState } from 'react';
import { ask } from '../api/ask.ts';
import { useWords } from '../i18n/language.ts';
import { Confirm } from '../kit/dialog.tsx';
import { attempt } from '../kit/failure.ts';
import { Menu, type MenuItem } from '../kit/menu.tsx';
import { tell, warn } from '../kit/notices.tsx';
import { PauseDialog } from '../kit/pause-dialog.tsx';

/** What a supervisor can ask of an agent: only what would change something now. */
export const AgentActions = ({ agent }: { readonly agent: AgentView }) => {
  const words = useWords();
  const [question, setQuestion] = useState<'pause' | 'sign-out'>();

  const request = (body: AgentStateRequest, done: string): void => {
    void attempt(words, () => ask('PUT', `/api/agents/${agent.id}/state`, body), warn).then((isDone) => {
      if (isDone) tell(done);
    });
  };
  const signIn: MenuItem = {
    label: words.agents.signIn,
    icon: <LogIn aria-hidden="true" />,
    onChoose: () => request({ to: 'sign-in' }, words.agents.signedInNow(agent.name)),
  };
  const beReady: MenuItem = {
    label: words.agents.beReady,
    icon: <CircleCheck aria-hidden="true" />,
    onChoose: () => request({ to: 'be-ready' }, words.agents.readyNow(agent.name)),
  };
  const pause: MenuItem = {
    label: words.agents.pause,
    icon: <Pause aria-hidden="true" />,
    onChoose: () => setQuestion('pause'),
  };
  const signOut: MenuItem = {
    label: words.agents.signOut,
    icon: <LogOut aria-hidden="true" />,
    onChoose: () => setQuestion('sign-out'),
  };
  const items =
    agent.state === 'signed-out'
      ? [signIn]
      : [
          ...(agent.state === 'paused' || agent.state === 'wrap-up' || agent.reason !== null ? [beReady] : []),
          ...(agent.state === 'paused' ? [] : [pause]),
          signOut,
        ];

  return (
    <>
      <Menu label={words.actions.menuOf(agent.name)} icon={<EllipsisVertical aria-hidden="true" />} items={items} />
      {question === 'pause' ? (
        <PauseDialog
          title={words.agents.pauseWhy(agent.name)}
          onChoose={(reason) => request({ to: 'pause', reason }, words.agents.pausedNow(agent.name))}
          onClose={() => setQuestion(undefined)}
        />
      ) : null}
      {question === 'sign-out' ? (
        <Confirm
          title={words.agents.confirmSignOut(agent.name)}
          text={words.agents.confirmSignOutText}
          action={words.agents.signOut}
          onConfirm={() => request({ to: 'sign-out' }, words.agents.signedOutNow(agent.name))}
          onClose={() => setQuestion(undefined)}
        />
      ) : null}
    </>
  );
};
