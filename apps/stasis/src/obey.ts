import type { AskResult, Asks } from '@cordboard/application';
import type { ControlReply, ControlRequest, MemberPlacement } from '@cordboard/contracts';
import type {
  AgentId,
  CallerRequest,
  CallId,
  Extension,
  PhoneTarget,
  Placement,
  QueueId,
  TicketId,
  TransferRequest,
} from '@cordboard/core';

type Result = ControlReply['result'];

/** Does what a person asks, or says why not. */
export const obey = (control: Pick<Asks, keyof Asks>, ask: ControlRequest['ask'], by: string): Result => {
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
    case 'hold':
      return inWords(control.askHold(ask.call as CallId, ask.on));
    case 'transfer':
      return inWords(
        control.askTransfer(ask.call as CallId, ask.request as TransferRequest, ask.agent as AgentId | null),
      );
    case 'place-call': {
      const { request, extension, number, language } = ask;
      return inWords(
        control.placeCall({
          request,
          extension: extension as Extension,
          dialled: number,
          ...(language === undefined ? {} : { language }),
        }),
      );
    }
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
  'not-talking': 'Nobody talks in this call: only a conversation can be held, transferred, parked or joined.',
  'three-already': 'There are three in this call already, or a third is being rung: wait until one has left.',
  'no-place-free': 'All parking places are taken: fetch a parked call first.',
  'phone-busy': 'That phone is on another call, or does not want to be disturbed.',
  'not-consulting': 'Nobody is being consulted about this call: begin an attended transfer first.',
  'no-such-destination': 'There is no such phone, queue or number to transfer to: choose another.',
  'target-busy': 'That phone is on another call: try again, or transfer the call blind.',
  'nobody-free': 'Nobody of that queue is free to be asked: transfer the call blind, and the caller waits in line.',
  'held-by-phone': 'The phone itself holds the call: press its hold key again.',
  'no-such-phone': 'The house has no such phone: choose one of /api/phones.',
  'phone-not-registered': 'The phone is not registered: check that it is switched on and connected.',
  'agent-busy': 'The agent is in the middle of another call: wait until it has ended.',
  'house-full': 'The house carries as many calls as it may, or is overloaded: try again in a moment.',
  'not-a-number': 'This is no telephone number: write it as it would be dialled, or with + and its country.',
  'not-permitted': 'The agent may not call such numbers: ask an administrator for another role.',
  'no-route': 'No route of the policy leads to this number now: ask an administrator to add one.',
  'not-waiting': 'The caller does not wait: only who waits can be moved.',
};
