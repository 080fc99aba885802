import type { QueueId } from '@cordboard/core';
import type { QueueChanges } from '@cordboard/testkit';
import type { House } from './house.ts';
import { lineUp, type OnTheLine } from './line-up.ts';
import { type HouseLine, node } from './queue-house-policy.ts';

/** The number of the line from which one may ask to be called back. */
export const callbackNumber = '+33170000071';

/** Ana's line: who waits in it and presses 1 may leave their number, over the trunk `network`, and is thanked. */
export const callbackLine = (
  callback: Partial<QueueChanges['callback']> = {},
): Readonly<Record<string, HouseLine>> => ({
  line: {
    number: callbackNumber,
    queue: { members: ['ana'], callback: { trunks: ['network'], ringForMs: 10_000, ...callback } },
    node: { keys: { '1': node('callback') } },
    nodes: {
      callback: {
        kind: 'callback',
        queue: 'line' as QueueId,
        priority: 0,
        sounds: ['beep'],
        confirm: { before: ['beep'], after: [] },
        numberSounds: ['beep'],
        waitMs: 5000,
        tries: 2,
        accepted: node('thanks'),
        declined: node('line'),
      },
      thanks: { kind: 'say', sounds: ['beep'], next: node('end') },
    },
  },
});

/** In line, and then gone with the promise to be called back. */
export const leaveNumber = async (house: House): Promise<OnTheLine> => {
  const someone = await lineUp(house, callbackNumber);
  for (const key of '111') await someone.dialled.sendDigits(key);
  await house.factsOf(someone.call, 'CallbackRequested');
  await someone.dialled.ended({ withinMs: 5000 });
  return someone;
};
