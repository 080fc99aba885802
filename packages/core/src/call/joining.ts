import { elapsedMs } from '../time.ts';
import type { CallEvent } from './event.ts';
import { after, common, end, type Step, type Surroundings, stay } from './moves.ts';
import type { In } from './state.ts';
import { leftBehind, turnedAround } from './transferring.ts';

/** A phone has joined two of its calls (REFER with Replaces, RFC 3891): it goes, and the other call's party is here. */
export const partyReplaced = (
  call: In<'talking'>,
  event: Extract<CallEvent, { type: 'PartyReplaced' }>,
  around: Surroundings,
): Step => {
  if (event.leg !== call.leg && event.leg !== call.caller) return stay(call);
  const own = event.leg === call.leg ? call : turnedAround(call);
  const { at, party } = event;
  const talkedMs = elapsedMs(own.phaseSince, at);
  const agent = party.agent ?? null;
  const queue = own.queue ?? own.lastPlace?.queue;
  return [
    {
      ...common(leftBehind(own, talkedMs, at, 'attended')),
      phase: 'talking',
      leg: party.leg,
      bridge: own.bridge,
      extension: party.extension,
      ...(party.agent === undefined ? {} : { agent: party.agent }),
      ...(party.trunk === undefined ? {} : { trunk: party.trunk }),
      wrapUpMs: queue === undefined || party.agent === undefined ? 0 : around.wrapUpMs(queue, party.agent),
      ...(own.afterwards === undefined ? {} : { afterwards: own.afterwards }),
      music: false,
      phaseSince: at,
    },
    [
      { type: 'Connect', bridge: own.bridge, caller: own.caller, leg: party.leg, music: true },
      { type: 'NotifyTransfer', channel: event.notified, outcome: 'accepted' },
      { type: 'HangUp', channel: event.leg, cause: 'normal' },
      { type: 'HangUp', channel: event.otherLeg, cause: 'normal' },
      { type: 'DestroyBridge', bridge: event.otherBridge },
    ],
    [
      {
        type: 'TransferRequested',
        kind: 'attended',
        by: own.agent ?? null,
        from: own.extension,
        to: { number: party.extension },
      },
      { type: 'ConversationEnded', agent: own.agent ?? null, talkedMs },
      { type: 'CallAnswered', agent, extension: party.extension, queue: null, waitedMs: 0 },
    ],
  ];
};

/** The call was a word beforehand, and is part of another now: nothing is hung up here. */
export const mergedInto = (call: In<'talking'>, { at, call: into }: Extract<CallEvent, { type: 'MergedInto' }>): Step =>
  after([], [{ type: 'CallMerged', into }], end(call, at, 'answered', 'agent', elapsedMs(call.phaseSince, at)));
