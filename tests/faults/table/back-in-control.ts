import { until } from '../../support/until.ts';
import { limits } from './finding.ts';
import { firstHeard } from './look-sound.ts';
import { messageOf, type Run, within } from './run.ts';
import { type Dialled, dial } from './scene.ts';
import { numbers } from './table-policy.ts';
import { untilListening } from './world.ts';

const giveUpMs = 20_000;

/**
 * Somebody new calls as soon as Asterisk has a call control to ask, and must hear something within 3 s of the moment from
 * which all must be well.
 * @returns their call, and when they heard something
 */
export const newcomer = async (
  run: Run,
  from: number,
): Promise<{ readonly dialled?: Dialled; readonly at: number }> => {
  const { findings, goodbyes, world } = run;
  let dialled: Dialled | undefined;
  try {
    await untilListening(world, giveUpMs);
    dialled = await dial(world, 'newcomer', numbers.menu);
    const { call } = dialled;
    const at = await until('something to hear', () => firstHeard(call), { withinMs: giveUpMs, everyMs: 50 });
    within(run, 'control', Math.max(0, at - from), limits.controlMs, 'a new call was heard late');
    await goodbyes.hangUp(call);
    return { dialled, at: Math.max(at, from) };
  } catch (error) {
    findings.broken('control', `a new call was never heard: ${messageOf(error)}`);
    if (dialled !== undefined) await goodbyes.hangUp(dialled.call);
    return { ...(dialled === undefined ? {} : { dialled }), at: Date.now() };
  }
};
