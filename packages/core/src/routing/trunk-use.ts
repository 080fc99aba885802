import type { CallState } from '../call/state.ts';

/** The trunks that a call keeps busy, one entry per channel. */
export const trunksUsedBy = (call: CallState): readonly string[] => {
  const arrived = call.from === 'trunk' && call.direction === 'in' ? [call.source] : [];
  switch (call.phase) {
    case 'ringing':
      return [...arrived, ...call.legs.flatMap(({ target }) => ('trunk' in target ? [target.trunk] : []))];
    case 'dialling':
      return call.doing.is === 'ringing' ? [call.doing.trunk] : [];
    case 'calling-back':
      return call.stage === 'customer' ? [call.over ?? call.source] : [];
    case 'talking':
      return [
        ...arrived,
        ...(call.trunk === undefined ? [] : [call.trunk]),
        ...(call.third !== undefined && 'trunk' in call.third.target ? [call.third.target.trunk] : []),
      ];
    case 'consulting': {
      const { target } = call.consult;
      return [
        ...arrived,
        ...(call.trunk === undefined ? [] : [call.trunk]),
        ...('trunk' in target ? [target.trunk] : []),
      ];
    }
    case 'in-flow':
    case 'queued':
    case 'offered':
    case 'telling':
    case 'parked':
      return arrived;
    case 'ended':
      return [];
  }
};
