import { type CallFact, type ChannelId, instant, localTime } from '@cordboard/core';
import { aPolicy, Floor } from '@cordboard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiHouse, openApiHouse } from './api-house.ts';

let house: ApiHouse;
beforeAll(async () => {
  house = await openApiHouse();
});
afterAll(() => house.close());

describe('surveys', () => {
  test('tell supervisors how callers judged their calls, by queue and by agent, today or on other days', async () => {
    const { timeZone } = aPolicy();
    const { to } = await house.supervisor.ask<{ to: string }>('GET', '/api/surveys');
    expect(to).toBe(localTime(timeZone, instant(Date.now())).date);
    const dayMs = 86_400_000;
    const yesterday = localTime(timeZone, instant(Date.now() - dayMs)).date;
    const judged = async (n: number, at: number, agent: string, score: number): Promise<void> => {
      const floor = new Floor();
      floor.now = instant(at);
      floor.signIn(agent);
      const channel = `1${at}.${n}` as ChannelId;
      const call = floor.arrive('+33170000011', { channel });
      floor.answers(call);
      floor.callerHangsUp(call);
      const facts = floor.facts.filter((fact): fact is CallFact => 'call' in fact && fact.call === call);
      const answered = { type: 'SurveyAnswered', question: 'satisfied', score, agent } as const;
      const [last] = facts.slice(-1);
      if (last === undefined) throw new Error('nothing was told of the call');
      await house.database.calls.record([
        ...facts.slice(0, -1),
        { call, n: last.n, at: last.at, ...answered } as CallFact,
        { ...last, n: last.n + 1 },
      ]);
    };
    await judged(1, Date.now(), 'ana', 5);
    await judged(2, Date.now(), 'ana', 2);
    await judged(3, Date.now(), 'ben', 3);
    await judged(4, Date.now() - dayMs, 'ana', 1);
    expect(await house.supervisor.ask('GET', '/api/surveys')).toEqual({
      from: to,
      to,
      queues: [{ queue: 'support', question: 'satisfied', answers: 3, average: 10 / 3, scores: [0, 1, 1, 0, 1] }],
      agents: [
        { agent: 'ana', question: 'satisfied', answers: 2, average: 3.5, scores: [0, 1, 0, 0, 1] },
        { agent: 'ben', question: 'satisfied', answers: 1, average: 3, scores: [0, 0, 1, 0, 0] },
      ],
    });
    expect(await house.supervisor.ask('GET', `/api/surveys?from=${yesterday}&to=${yesterday}`)).toMatchObject({
      agents: [{ agent: 'ana', answers: 1, average: 1 }],
    });
    expect(await house.supervisor.ask('GET', `/api/surveys?from=${yesterday}`)).toMatchObject({
      queues: [{ answers: 4, average: 11 / 4 }],
    });
    expect((await house.supervisor.send('GET', `/api/surveys?from=${to}&to=${yesterday}`)).status).toBe(422);
    expect((await house.ana.send('GET', '/api/surveys')).status).toBe(403);
  });
});
