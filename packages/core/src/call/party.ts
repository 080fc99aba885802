import type { AgentId, BridgeId, ChannelId, Extension, OutsideNumber } from '../ids.ts';
import type { PhoneTarget } from '../policy/roster.ts';
import type { CallState, In } from './state.ts';

/** A phone as people know it. */
export const nameOf = (target: PhoneTarget): Extension | OutsideNumber =>
  'extension' in target ? target.extension : target.number;

/** Our own at the end that was called. Of a call to outside, its agent is the one who placed it: at that end there is nobody of ours. */
export const calledAgent = ({ agent, callerAgent }: In<'talking'>): AgentId | undefined =>
  agent === callerAgent ? undefined : agent;

/** The legs that a call has, or has asked for, beside the caller's own. */
export const legsOf = (call: CallState): readonly ChannelId[] => {
  switch (call.phase) {
    case 'offered':
      return call.offer.legs.map(({ leg }) => leg);
    case 'ringing':
      return call.legs.map(({ leg }) => leg);
    case 'calling-back':
      return [call.leg];
    case 'talking':
      return call.third === undefined ? [call.leg] : [call.leg, call.third.leg];
    case 'parked':
      return call.telling === undefined ? [] : [call.telling.leg];
    case 'consulting':
      return [call.leg, call.consult.leg];
    case 'dialling':
      return call.doing.is === 'ringing' ? [call.doing.leg] : [];
    case 'telling':
    case 'in-flow':
    case 'queued':
    case 'ended':
      return [];
  }
};

/** The bridges that a call has, or has asked for. */
export const bridgesOf = (call: CallState): readonly BridgeId[] => {
  switch (call.phase) {
    case 'offered':
      return [call.offer.bridge];
    case 'ringing':
    case 'dialling':
    case 'talking':
      return [call.bridge];
    case 'consulting':
      return [call.bridge, call.consult.bridge];
    case 'telling':
    case 'parked':
    case 'calling-back':
    case 'in-flow':
    case 'queued':
    case 'ended':
      return [];
  }
};
