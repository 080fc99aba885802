import type { Command } from './command.ts';
import type { CallEvent } from './event.ts';
import { type Step, stay } from './moves.ts';
import type { Held, In } from './state.ts';

type HoldEvent = Extract<CallEvent, { type: 'LegHeld' | 'LegResumed' | 'HoldAsked' }>;

/**
 * One party waits with music. What a phone holds Asterisk plays to and resumes by itself, unless the key was pressed
 * before the two were together: so the music is asked for all the same, and ends with the hold. What a page holds we part:
 * each side is out of the other's hearing, whatever the phone does. Who holds first is who resumes.
 */
export const hold = (call: In<'talking'>, event: HoldEvent): Step => {
  switch (event.type) {
    case 'LegHeld': {
      if (event.leg !== call.leg && event.leg !== call.caller) return stay(call);
      const by = partyOf(call, event.leg);
      const waiting = by === 'agent' ? call.caller : call.leg;
      return held(call, { by, from: 'phone', since: event.at }, [
        { type: 'StartMusic', channel: waiting, music: 'default' },
      ]);
    }
    case 'LegResumed':
      return call.held?.from === 'phone' && call.held.by === partyOf(call, event.leg) ? resumed(call, []) : stay(call);
    case 'HoldAsked':
      if (event.on && call.held !== undefined) return stay(call);
      if (event.on)
        return held({ ...call, music: true }, { by: 'agent', from: 'page', since: event.at }, [
          { type: 'Part', bridge: call.bridge, channel: call.leg },
          { type: 'StartMusic', channel: call.caller, music: 'default' },
        ]);
      return call.held?.from === 'page'
        ? resumed({ ...call, music: false }, [
            { type: 'Connect', bridge: call.bridge, caller: call.caller, leg: call.leg, music: true },
          ])
        : stay(call);
  }
};

const held = (call: In<'talking'>, by: Held, commands: readonly Command[]): Step =>
  call.held === undefined ? [{ ...call, held: by }, commands, [{ type: 'CallHeld', by: by.by }]] : stay(call);

const resumed = (call: In<'talking'>, commands: readonly Command[]): Step => {
  const { held: by, ...rest } = call;
  return [rest, commands, by === undefined ? [] : [{ type: 'CallResumed', by: by.by }]];
};

const partyOf = ({ caller }: In<'talking'>, leg: string): Held['by'] => (leg === caller ? 'caller' : 'agent');
