import type { AskResult, CallControl } from '@cordboard/application';
import type { ControlReply, ControlRequest, MemberPlacement } from '@cordboard/contracts';
import type { AgentId, CallerRequest, CallId, PhoneTarget, Placement, QueueId, TicketId } from '@cordboard/core';

type Result = ControlReply['result'];

/** Does what a person asks, or says why not. */
export const obey = (
  control: Pick<
    CallControl,
    'askAgent' | 'askCaller' | 'askMember' | 'askTalk' | 'hangUp' | 'turnSwitch' | 'withdrawCallback'
  >,
  ask: ControlRequest['ask'],
  by: string,
): Result => {
  switch (ask.type) {
    case 'agent-state':
      return inWords(control.askAgent(ask.agent as AgentId, ask.request, `asked by ${by}`));
    case 'move-caller':
      return inWords(control.askCaller(ask.call as CallId, ask.move as CallerRequest, by));
    case 'place-member':
      return inWords(control.askMember(ask.queue as QueueId, ask.agent as AgentId, placementOf(ask.placement), by));
    case 'withdraw-callback':
      return inWords(control.withdrawCallback(ask.callback as TicketId, by));
    case 'turn-switch':
      return inWords(control.turnSwitch(ask.switch, ask.on, by));
    case 'park':
      return inWords(control.askTalk(ask.call as CallId, { to: 'park' }));
    case 'add-party':
      return inWords(control.askTalk(ask.call as CallId, { to: 'add', target: ask.party as PhoneTarget }));
    case 'hang-up':
      return inWords(control.hangUp(ask.call as CallId));
  }
};

const placementOf = (asked: MemberPlacement): Placement | null => {
  switch (asked.is) {
    case 'in':
      return { in: true, penalty: asked.penalty };
    case 'out':
      return { in: false };
    case 'by-policy':
      return null;
  }
};

const inWords = (result: AskResult): Result =>
  result.ok ? result : { ...result, detail: refusals[result.code] ?? 'Call control refuses.' };

const refusals: Readonly<Record<string, string>> = {
  'already-signed-in': 'The agent is signed in already.',
  'not-signed-in': 'The agent is not signed in: sign in first.',
  'wrap-up-code-missing': 'Say first what the last call was about: ask for {"to":"wrapped-up","code":"…"}.',
  'no-wrap-up-code-wanted': 'No code is wanted now: give it during after-call work.',
  'no-such-wrap-up-code': 'The queue has no such code: choose one of those in codeWanted.',
  'unknown-agent': 'Call control knows no such agent.',
  'unknown-switch': 'The policy has no such switch: publish one that has it.',
  'no-such-call': 'There is no such call any more.',
  'no-such-callback': 'Nobody is to be called back under this name any more.',
  'no-such-queue': 'The policy has no such queue: choose one that it has.',
  'not-talking': 'Nobody talks in this call: only a conversation can be parked or joined.',
  'three-already': 'There are three in this call already, or a third is being rung.',
  'no-place-free': 'All parking places are taken: fetch a parked call first.',
  'no-such-phone': 'The house has no such phone.',
  'phone-busy': 'That phone is on another call, or does not want to be disturbed.',
  'not-waiting': 'The caller does not wait: only who waits can be moved.',
};
