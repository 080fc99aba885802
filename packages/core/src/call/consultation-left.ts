import { type CallId, callOf, type Extension } from '../ids.ts';
import type { Instant } from '../time.ts';
import { common, type Step } from './moves.ts';
import { nameOf } from './party.ts';
import type { In } from './state.ts';

/** The caller has gone, and the two who spoke about the call go on: a call of the house's own, with nothing of the caller's. */
export const consultationLeft = (call: In<'consulting'>, at: Instant): Step => {
  const { consult, agent, leg, extension } = call;
  const { customer: _, lastCalls: __, callerAgent: ___, lastPlace: ____, talked: _____, ...rest } = common(call);
  const target = nameOf(consult.target);
  const id: CallId = callOf(leg);
  return [
    {
      ...rest,
      id,
      caller: leg,
      from: 'phone',
      source: extension,
      ani: extension,
      aniName: '',
      dnis: target,
      arrivedAt: at,
      answered: true,
      music: false,
      attributes: {},
      ...(agent === undefined ? {} : { callerAgent: agent }),
      phaseSince: at,
      made: 0,
      told: 0,
      phase: 'talking',
      leg: consult.leg,
      bridge: consult.bridge,
      extension: target as Extension,
      ...(consult.agent === undefined ? {} : { agent: consult.agent }),
      wrapUpMs: 0,
    },
    [],
    [
      {
        type: 'CallArrived',
        from: 'phone',
        source: extension,
        ani: extension,
        aniName: '',
        dnis: target,
        language: call.language,
        policyVersion: call.policyVersion,
        attributes: {},
      },
      { type: 'CallAnswered', agent: consult.agent ?? null, extension: target, queue: null, waitedMs: 0 },
    ],
  ];
};
