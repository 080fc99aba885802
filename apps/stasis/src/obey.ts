import type { AskResult, CallControl } from '@cordboard/application';
import type { ControlReply, ControlRequest } from '@cordboard/contracts';
import type { AgentId, CallId } from '@cordboard/core';

type Result = ControlReply['result'];

/** Does what a person asks, or says why not. */
export const obey = (
  control: Pick<CallControl, 'askAgent' | 'hangUp'>,
  ask: ControlRequest['ask'],
  by: string,
): Result => {
  switch (ask.type) {
    case 'agent-state':
      return inWords(control.askAgent(ask.agent as AgentId, ask.request, `asked by ${by}`));
    case 'hang-up':
      return inWords(control.hangUp(ask.call as CallId));
  }
};

const inWords = (result: AskResult): Result =>
  result.ok ? result : { ...result, detail: refusals[result.code] ?? 'Call control refuses.' };

const refusals: Readonly<Record<string, string>> = {
  'already-signed-in': 'The agent is signed in already.',
  'not-signed-in': 'The agent is not signed in: sign in first.',
  'unknown-agent': 'Call control knows no such agent.',
  'no-such-call': 'There is no such call any more.',
};
