import { aPolicy, aQueue, Floor, type QueueChanges } from '@cordboard/testkit';
import { describe, expect, test } from 'vitest';
import type { CallId, QueueId } from '../ids.ts';
import { checkPolicy } from '../policy/check.ts';
import type { Policy } from '../policy/policy.ts';
import { agentDeadline, agentView, objection } from './step.ts';

const support = '+33170000011';

const policy = (changes: QueueChanges): Policy =>
  aPolicy({
    queues: {
      ...aPolicy().queues,
      ['support' as QueueId]: aQueue({
        name: 'Support',
        members: ['ana'],
        wrapUpMs: 10_000,
        wrapUpCodes: ['order', 'complaint'],
        wrapUpCodeRequired: true,
        ...changes,
      }),
    },
  });

/** Ana has talked with a caller, who has hung up; another waits. */
const afterTalk = (changes: QueueChanges = {}): { floor: Floor; call: CallId; next: CallId } => {
  const floor = new Floor(policy(changes)).signIn('ana');
  const call = floor.arrive(support);
  floor.answers(call);
  const next = floor.arrive(support);
  floor.after(1000).callerHangsUp(call);
  return { floor, call, next };
};
const timeRuns = (floor: Floor, ms: number): void => {
  floor.after(ms).handle({ type: 'AgentDeadlinePassed', at: floor.now, agent: 'ana' as never });
};

describe('[F7] a queue that demands to know what a call was about', () => {
  test('offers no next call before it is told, however long after-call work lasts; with the code the next call comes', () => {
    const { floor, call, next } = afterTalk();
    expect(agentView(floor.agent('ana'))).toMatchObject({
      state: 'wrap-up',
      until: null,
      codeWanted: { call, queue: 'support', codes: ['order', 'complaint'], required: true },
    });
    expect(agentDeadline(floor.agent('ana'))).toBeUndefined();
    timeRuns(floor, 3_600_000);
    expect(objection(floor.agent('ana'), floor.now)).toBe('has to say first what the last call was about');
    expect(floor.offeredTo(next)).toBeUndefined();
    floor.ask('ana', { to: 'wrapped-up', code: 'complaint' });
    expect(floor.offeredTo(next)).toBe('ana');
    expect(floor.factsOf('WrapUpCodeGiven')).toMatchObject([
      { agent: 'ana', ofCall: call, queue: 'support', code: 'complaint' },
    ]);
    expect(agentView(floor.agent('ana'))).not.toHaveProperty('codeWanted');
  });

  test('demands it of a queue without after-call work too', () => {
    const { floor, next } = afterTalk({ wrapUpMs: 0 });
    expect(floor.offeredTo(next)).toBeUndefined();
    floor.ask('ana', { to: 'wrapped-up', code: 'order' });
    expect(floor.offeredTo(next)).toBe('ana');
  });

  test('cannot be got round by being ready, pausing, or signing out and in again', () => {
    const { floor, next } = afterTalk();
    expect(floor.ask('ana', { to: 'be-ready' }).refusal).toBe('wrap-up-code-missing');
    floor.ask('ana', { to: 'pause', reason: 'lunch' });
    expect(floor.ask('ana', { to: 'be-ready' }).refusal).toBe('wrap-up-code-missing');
    floor.ask('ana', { to: 'sign-out' });
    floor.ask('ana', { to: 'sign-in' });
    expect(floor.agent('ana').presence.is).toBe('wrap-up');
    floor.restart();
    expect(floor.offeredTo(next)).toBeUndefined();
    floor.ask('ana', { to: 'wrapped-up', code: 'order' });
    expect(floor.agent('ana').presence.is).toBe('ready');
  });

  test('takes no code that it does not name, and none when no call is to be coded', () => {
    const { floor } = afterTalk();
    expect(floor.ask('ana', { to: 'wrapped-up', code: 'weather' }).refusal).toBe('no-such-wrap-up-code');
    floor.ask('ana', { to: 'wrapped-up', code: 'order' });
    expect(floor.ask('ana', { to: 'wrapped-up', code: 'order' }).refusal).toBe('no-wrap-up-code-wanted');
  });

  test('that only asks waits no longer than after-call work lasts', () => {
    const { floor, next } = afterTalk({ wrapUpCodeRequired: false });
    expect(agentView(floor.agent('ana'))).toMatchObject({ codeWanted: { required: false } });
    timeRuns(floor, 10_000);
    expect(floor.offeredTo(next)).toBe('ana');
    expect(agentView(floor.agent('ana'))).not.toHaveProperty('codeWanted');
  });

  test('and names no code cannot be published', () => {
    const faults = checkPolicy(policy({ wrapUpCodes: [] }), {
      agents: new Set(['ana', 'ben', 'chloe']) as never,
      extensions: new Set(['101']) as never,
    });
    expect(faults).toContainEqual({
      path: 'queues.support.wrapUpCodes',
      message: 'A code is demanded, and there is none: list the codes, or do not demand one.',
    });
  });
});
