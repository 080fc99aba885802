import type { ExchangeEvent } from './event.ts';
import type { Floor } from './floor.ts';
import type { Outcome } from './outcome.ts';
import { settle } from './settle.ts';
import { happen } from './take.ts';
import type { Turn } from './turn.ts';

export const switchTurned = (
  { switch: id, on, by, at }: Extract<ExchangeEvent, { type: 'SwitchTurned' }>,
  floor: Floor,
): Outcome => {
  const turn = floor.turn(at);
  if (!Object.hasOwn(floor.rulebook.current?.switches ?? {}, id)) return turn.refuse('unknown-switch');
  turnSwitch(id, on, by, turn, floor);
  return settle(turn, floor);
};

/** Turns a switch, unless it stands so already; a switch that closes lines empties them. */
export const turnSwitch = (id: string, on: boolean, by: string, turn: Turn, floor: Floor): void => {
  const turned = floor.switches.turn(id, on, by, turn.at);
  if (turned === undefined) return;
  turn.switch(turned);
  turn.say({ type: 'SwitchTurned', at: turn.at, switch: id, on, by });
  if (on) closeLines(id, turn, floor);
};

/** Those who wait for a queue whose calendar a switch has closed are let go, where the flow says where to. */
const closeLines = (switchId: string, turn: Turn, floor: Floor): void => {
  for (const call of [...floor.calls.values()]) {
    if (call.phase !== 'queued') continue;
    const { calendars } = floor.rulebook.of(call.policyVersion);
    const calendar = calendars[floor.rulesFor(call.queue, call.id)?.limits.calendar ?? ''];
    if (calendar?.closedBy !== switchId) continue;
    const event = { type: 'LineClosed', at: turn.at, exit: 'closing' } as const;
    happen(call, event, turn, floor);
  }
};
