import { bridgeOf, type Extension, legOf, type OutsideNumber } from '../ids.ts';
import { flowIn } from '../policy/lookup.ts';
import type { PhoneTarget } from '../policy/roster.ts';
import { transferFlow, transferStart } from '../policy/transfer-flow.ts';
import { elapsedMs, type Instant, later } from '../time.ts';
import type { Command } from './command.ts';
import type { CallEvent } from './event.ts';
import { follow, type Way } from './follow.ts';
import { after, common, type Step, type Surroundings, stay } from './moves.ts';
import { calledAgent, nameOf } from './party.ts';
import { firstTry } from './stand-in.ts';
import type { CallState, In } from './state.ts';
import { destinationOf, type TransferTarget } from './transfer.ts';

type Asked = Extract<CallEvent, { type: 'TransferAsked' }>;

/** How long the phone of somebody to be consulted rings, in ms. */
const consultForMs = 30_000;

/** Whoever talks gives the call away: at once, or after a word with the target. */
export const transferAsked = (call: In<'talking'>, event: Asked, around: Surroundings): Step => {
  if (event.leg !== call.leg && event.leg !== call.caller) return stay(call);
  const own = event.leg === call.leg ? call : turnedAround(call);
  return event.kind === 'blind' ? blind(own, event, around) : attended(own, event, around);
};

/** Seen from the other side: whoever placed the call is to be the one who hands it on, and the other is kept. */
export const turnedAround = (call: In<'talking'>): In<'talking'> => {
  const { agent: _, callerAgent, ...rest } = call;
  const agent = calledAgent(call);
  return {
    ...rest,
    caller: call.leg,
    leg: call.caller,
    extension: (call.from === 'phone' ? call.source : call.ani) as Extension | OutsideNumber,
    ...(agent === undefined ? {} : { callerAgent: agent }),
    ...(callerAgent === undefined ? {} : { agent: callerAgent }),
  };
};

const requested = (call: In<'talking'>, { kind, target }: Asked) =>
  ({
    type: 'TransferRequested',
    kind,
    by: call.agent ?? null,
    from: call.extension,
    to: destinationOf(target),
  }) as const;

/** The transferor is free, and the call goes on as if it had dialled the target itself, with music meanwhile. */
const blind = (call: In<'talking'>, event: Asked, around: Surroundings): Step => {
  const { at, target } = event;
  const gone: readonly Command[] = [
    ...(event.from === 'phone' ? [{ type: 'NotifyTransfer', channel: call.leg, outcome: 'accepted' } as const] : []),
    { type: 'HangUp', channel: call.leg, cause: 'normal' },
    { type: 'DestroyBridge', bridge: call.bridge },
    { type: 'StartMusic', channel: call.caller, music: 'default' },
  ];
  const talkedMs = elapsedMs(call.phaseSince, at);
  const left = leftBehind(call, talkedMs, at, event.kind);
  return after(
    gone,
    [requested(call, event), { type: 'ConversationEnded', agent: call.agent ?? null, talkedMs }],
    follow(left, wayTo(call, target, around), at, around),
  );
};

/** The caller alone, on the way to somebody else. */
export const leftBehind = (
  call: In<'talking'> | In<'consulting'>,
  talkedMs: number,
  at: Instant,
  kind: Asked['kind'],
): CallState => {
  const agent = call.agent ?? null;
  return {
    ...call,
    music: true,
    talked: { agent, ms: talkedMs + (call.talked?.ms ?? 0) },
    transfer: { kind, from: call.extension, by: agent, at },
  };
};

/** Where a call goes that is given to this target, and back when nobody takes it. */
export const wayTo = (
  call: In<'talking'> | In<'consulting'>,
  target: TransferTarget,
  { policy }: Surroundings,
): Way => {
  const because = `transferred by ${call.agent ?? call.extension}`;
  if (target.is === 'number')
    return { flow: target.flow, node: flowIn(policy, target.flow)?.start ?? transferStart, because };
  const back = isExtension(call.extension) ? call.extension : undefined;
  const queue = common(call).lastPlace?.queue;
  const flow = transferFlow({
    to: target,
    ...(back === undefined ? {} : { back }),
    ...(queue === undefined ? {} : { queue }),
  });
  return { flow, node: transferStart, because };
};

/** The caller waits with music; the transferor hears the target's phone ring. */
const attended = (call: In<'talking'>, event: Asked, around: Surroundings): Step => {
  const { at, target } = event;
  const wanted = phoneOf(target);
  if (wanted === undefined) return stay(call);
  const { passed, ...tried } = firstTry(wanted, at, around);
  const phone = tried.target;
  const leg = legOf(call.id, call.made + 1);
  const bridge = bridgeOf(call.id, call.made + 2);
  const { held: _, ...talking } = call;
  const party = {
    leg,
    callerNumber: call.extension,
    callerName: '',
    originator: call.leg,
    bridge,
  };
  return [
    {
      ...talking,
      phase: 'consulting',
      music: true,
      made: call.made + 2,
      consult: {
        leg,
        bridge,
        ...tried,
        since: at,
        answered: false,
        until: later(at, consultForMs),
        ...(event.agent === undefined ? {} : { agent: event.agent }),
      },
    },
    [
      { type: 'StartMusic', channel: call.caller, music: 'default' },
      { type: 'Part', bridge: call.bridge, channel: call.leg },
      { type: 'IndicateRinging', channel: call.leg },
      'extension' in phone
        ? { type: 'RingPhone', extension: phone.extension, ...party }
        : { type: 'RingOutside', number: phone.number, trunk: phone.trunk, headers: {}, ...party },
    ],
    [
      requested(call, event),
      ...passed,
      {
        type: 'ConsultationRung',
        extension: nameOf(phone),
        agent: event.agent ?? null,
        customer: call.customer ?? null,
      },
    ],
  ];
};

/** One phone that can be asked; a queue is nobody yet. */
const phoneOf = (target: TransferTarget): PhoneTarget | undefined => {
  if (target.is === 'extension') return { extension: target.extension };
  return target.is === 'outside' ? { number: target.number, trunk: target.trunk } : undefined;
};

const isExtension = (name: Extension | OutsideNumber): name is Extension => /^\d{2,6}$/.test(name);
