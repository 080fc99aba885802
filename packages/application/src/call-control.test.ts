import {
  type AgentId,
  type AloneCall,
  type Customer,
  type Extension,
  instant,
  type PlaybackId,
  type QueueId,
} from '@cordboard/core';
import { aDirectory, aPolicy, aQueue, FakeTelephony, MemoryStore, SimulatedClock } from '@cordboard/testkit';
import { expect, test, vi } from 'vitest';
import { CallControl } from './call-control.ts';
import type { ControlObserver } from './ports/observer.ts';
import type { CustomerDirectory } from './ports/stores.ts';
import { LegGone, type LiveChannel } from './ports/telephony.ts';

const caller = (id: string, dnis = '+33170000011'): LiveChannel => ({
  id: id as LiveChannel['id'],
  state: 'ringing',
  role: { is: 'caller', from: 'trunk', source: 'demo', dnis },
  callerNumber: '+33612345678',
  callerName: '',
});

/** What has been told, by type. */
const typesTold = ({ facts }: MemoryStore): readonly string[] => facts.map(({ type }) => type);

const setUp = (changes: { readonly identify?: CustomerDirectory['identify'] } = {}) => {
  const clock = new SimulatedClock();
  const telephony = new FakeTelephony();
  const store = new MemoryStore();
  const seen: string[] = [];
  const observer: ControlObserver = {
    told: (facts) => {
      for (const fact of facts) if (fact.type === 'CallTurnedAway') seen.push(`turned away: ${fact.treatment}`);
    },
    commandFailed: (_, command) => seen.push(`failed ${command}`),
    commandDone: () => undefined,
    storeBehind: () => seen.push('behind'),
    storeCaughtUp: () => seen.push('caught up'),
    identifyFailed: () => seen.push('identify failed'),
    reconciled: () => undefined,
    reconcileFailed: () => seen.push('reconcile failed'),
  };
  const control = new CallControl({
    clock,
    telephony,
    store,
    observer,
    customers: { identify: changes.identify ?? (() => Promise.resolve({ customer: null, lastCalls: [] })) },
    numbering: { read: () => undefined },
    lookUps: { ask: () => Promise.resolve({ ok: false, because: 'nobody there' }) },
    boxes: {
      open: () => Promise.resolve({ is: 'no-pin' }),
      setHeard: () => Promise.resolve(),
      remove: () => Promise.resolve(),
    },
  });
  control.policyPublished(aPolicy());
  control.directoryChanged(aDirectory());
  for (const extension of ['101', '102', '103'])
    control.heard({ type: 'PhoneReachable', at: clock.now(), extension: extension as Extension, reachable: true });
  const enter = (channel: LiveChannel): void => {
    telephony.channels.set(channel.id, channel);
    control.heard({ type: 'CallerEntered', at: clock.now(), channel });
  };
  return { clock, telephony, store, seen, control, enter };
};

/** Lets everything that waits for nothing but its turn take it; what is not urgent comes a turn later. */
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 2; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

test('what is decided is on its way to the store before it is on its way to the exchange', async () => {
  const { control, enter, store, telephony } = setUp();
  control.asks.askAgent('ana' as AgentId, { to: 'sign-in' }, 'test');
  const toldBefore: string[] = [];
  telephony.ringPhone = async () => void toldBefore.push(...typesTold(store));
  enter(caller('1.1'));
  await settled();
  expect(toldBefore).toContain('AgentOffered');
});

test('while the store hangs, the call goes on', async () => {
  const { enter, store, telephony } = setUp();
  store.hanging = true;
  enter(caller('1.1'));
  await settled();
  expect(telephony.asked).toEqual(['answer 1.1', 'startMusic 1.1 default']);
});

test('what an absent store could not take is sent later, every fact once and in order', async () => {
  const { clock, enter, seen, store, telephony } = setUp();
  await settled();
  const before = store.facts.length;
  store.failing = true;
  enter(caller('1.1'));
  enter(caller('1.2'));
  await settled();
  expect(telephony.asked).toContain('answer 1.2');
  clock.advance(250);
  await settled();
  store.failing = false;
  clock.advance(250);
  await settled();
  expect(
    typesTold(store)
      .slice(before)
      .filter((type) => type !== 'CallerIdentified'),
  ).toEqual(['CallArrived', 'FlowStepped', 'CallQueued', 'CallArrived', 'FlowStepped', 'CallQueued']);
  expect(seen.filter((line) => line === 'caught up')).toHaveLength(1);
});

test('the phone rings before a slow directory has answered, and the customer comes late', async () => {
  let found: (customer: Customer) => void = () => undefined;
  const { clock, control, enter, store, telephony } = setUp({
    identify: () => new Promise((resolve) => (found = (customer) => resolve({ customer, lastCalls: [] }))),
  });
  control.asks.askAgent('ana' as AgentId, { to: 'sign-in' }, 'test');
  enter(caller('1.1'));
  await settled();
  expect(telephony.asked).toContain('ringPhone c1-1.a1 101');
  clock.advance(5000);
  found({ id: '7', name: 'Jeanne' });
  await settled();
  expect(store.facts.at(-1)).toMatchObject({
    type: 'CallerIdentified',
    customer: { name: 'Jeanne' },
    tookMs: 5000,
  });
});

test('whoever is next is rung before the call that has just ended is taken down', async () => {
  const { clock, control, enter, telephony } = setUp();
  control.policyPublished(aPolicy({ queues: { ['support' as QueueId]: aQueue({ wrapUpMs: 0 }) } }));
  control.asks.askAgent('ana' as AgentId, { to: 'sign-in' }, 'test');
  enter(caller('1.1'));
  await settled();
  const leg = 'c1-1.a1' as LiveChannel['id'];
  control.heard({ type: 'LegAnswered', at: clock.now(), leg });
  enter(caller('1.2'));
  await settled();
  telephony.asked.length = 0;
  control.heard({ type: 'LegEnded', at: clock.now(), leg, cause: 'hung-up' });
  await settled();
  expect(telephony.asked).toEqual(['ringPhone c1-2.a1 101']);
  clock.advance(3);
  await settled();
  expect(telephony.asked).toContain('hangUp 1.1 normal');
});

test('a phone whose caller has hung up is let go before it is rung for the next', async () => {
  const { clock, control, enter, telephony } = setUp();
  control.policyPublished(aPolicy({ queues: { ['support' as QueueId]: aQueue({ wrapUpMs: 0 }) } }));
  control.asks.askAgent('ana' as AgentId, { to: 'sign-in' }, 'test');
  enter(caller('1.1'));
  await settled();
  control.heard({ type: 'LegAnswered', at: clock.now(), leg: 'c1-1.a1' as LiveChannel['id'] });
  enter(caller('1.2'));
  await settled();
  telephony.asked.length = 0;
  control.heard({ type: 'LegEnded', at: clock.now(), leg: caller('1.1').id, cause: 'hung-up' });
  await settled();
  expect(telephony.asked).toEqual(['hangUp c1-1.a1 normal', 'ringPhone c1-2.a1 101']);
});

test('a directory that fails changes nothing for the caller', async () => {
  const { enter, seen, telephony } = setUp({ identify: () => Promise.reject(new Error('away')) });
  enter(caller('1.1'));
  await settled();
  expect(seen).toEqual(['identify failed']);
  expect(telephony.asked).toEqual(['answer 1.1', 'startMusic 1.1 default']);
});

test('a phone that cannot be rung frees the agent and keeps the caller in line', async () => {
  const { control, enter, telephony } = setUp();
  telephony.failures.set('ringPhone', new Error('allocation failed'));
  control.asks.askAgent('ana' as AgentId, { to: 'sign-in' }, 'test');
  enter(caller('1.1'));
  await settled();
  expect(control.calls).toMatchObject([{ phase: 'queued' }]);
});

test('a phone that is just about to be rung is not taken for lost, and rings once', async () => {
  const { clock, control, enter, store, telephony } = setUp();
  control.asks.askAgent('ana' as AgentId, { to: 'sign-in' }, 'test');
  await settled();
  store.hanging = true;
  enter(caller('1.1'));
  await control.recover(false);
  clock.advance(50);
  await settled();
  expect(telephony.asked.filter((asked) => asked.startsWith('ringPhone'))).toEqual(['ringPhone c1-1.a1 101']);
});

test('a caller whose call is over, and who has not been taken down yet, does not begin anew', async () => {
  const { clock, control, enter, store, telephony } = setUp();
  control.asks.askAgent('ana' as AgentId, { to: 'sign-in' }, 'test');
  enter(caller('1.1'));
  await settled();
  const [leg] = [...telephony.channels.keys()].filter((id) => id !== '1.1');
  if (leg === undefined) throw new Error('no phone rings');
  control.heard({ type: 'LegAnswered', at: clock.now(), leg });
  await settled();
  // Asterisk is asked to take the caller down, and takes its time.
  telephony.hangUp = async (channel) => void telephony.asked.push(`hangUp ${channel}`);
  control.heard({ type: 'LegEnded', at: clock.now(), leg, cause: 'hung-up' });
  telephony.channels.delete(leg);
  await control.recover(false);
  await settled();
  expect(typesTold(store).filter((type) => type === 'CallArrived')).toHaveLength(1);
  expect(telephony.asked.filter((asked) => asked === 'hangUp 1.1').length).toBeGreaterThan(1);
  telephony.channels.delete('1.1' as LiveChannel['id']);
  await control.recover(false);
  enter(caller('1.1'));
  await settled();
  expect(typesTold(store).filter((type) => type === 'CallArrived')).toHaveLength(2);
});

test('a process that starts again takes up its calls: the talkers talk, the waiting wait, the gone are gone', async () => {
  const first = setUp();
  for (const agent of ['ana', 'ben'] as const) first.control.asks.askAgent(agent as AgentId, { to: 'sign-in' }, 'test');
  for (const id of ['1.1', '1.2', '1.3', '1.4']) first.enter(caller(id));
  await settled();
  first.control.heard({ type: 'LegAnswered', at: first.clock.now(), leg: 'c1-1.a1' as LiveChannel['id'] });
  await settled();
  // 1.6's call was over, and its caller was to be taken down, when the process died.
  first.enter(caller('1.6', '+33999'));
  await settled();
  const saved = await first.store.load();
  await first.control.stop();

  // Meanwhile: 1.2's phone has been answered, 1.4 has hung up, and 1.5 has come.
  const second = setUp();
  const cameAt = instant(second.clock.now() - 1500);
  const up = (id: string): LiveChannel => ({ ...caller(id), state: 'up' });
  const leg = (id: string, state: LiveChannel['state']): LiveChannel => ({ ...caller(id), state, role: { is: 'leg' } });
  for (const channel of [
    up('1.1'),
    up('1.2'),
    up('1.3'),
    { ...caller('1.5'), createdAt: cameAt },
    caller('1.6', '+33999'),
    leg('c1-1.a1', 'up'),
    leg('c1-2.a1', 'up'),
    leg('c9-9.a1', 'up'),
  ])
    second.telephony.channels.set(channel.id, channel);
  second.telephony.bridges.set('c1-1.b2' as never, ['1.1', 'c1-1.a1'] as never);
  second.telephony.bridges.set('c9-9.b2' as never, []);
  // A position was being said to 1.3.
  const announcing = 'c1-3.p9' as PlaybackId;
  const calls = saved.calls.map((call) => (call.phase === 'queued' ? { ...call, announcing } : call));
  second.control.restore({ ...saved, calls }, [aPolicy()]);
  await second.control.recover(true);
  await settled();
  expect(second.telephony.asked).toEqual(
    expect.arrayContaining([`stopPlaying ${announcing}`, expect.stringMatching(/^startMusic 1\.3 /)]),
  );
  expect(second.control.calls.map(({ id, phase }) => [id, phase])).toEqual([
    ['c1-1', 'talking'],
    ['c1-2', 'talking'],
    ['c1-3', 'queued'],
    ['c1-5', 'queued'],
  ]);
  expect(second.control.calls[2]).toMatchObject({
    queuedAt: saved.calls[2]?.phase === 'queued' ? saved.calls[2].queuedAt : 0,
  });
  expect(second.control.calls[3]).toMatchObject({ arrivedAt: cameAt, phaseSince: second.clock.now() });
  expect(second.store.facts.find(({ type }) => type === 'CallArrived')).toMatchObject({ since: cameAt });
  expect(second.telephony.asked).toContain('connect c1-2.b2 1.2,c1-2.a1');
  expect(second.telephony.asked).toContain('hangUp c9-9.a1 normal');
  expect(second.telephony.asked).toContain('destroyBridge c9-9.b2');
  expect(second.telephony.asked).toContain('hangUp 1.6 normal');
  expect(second.store.facts.flatMap((fact) => (fact.type === 'CallArrived' ? [fact.call] : []))).toEqual(['c1-5']);
  expect(second.telephony.asked.filter((line) => line.includes('c1-1'))).toEqual([]);
  expect(typesTold(second.store)).toContain('ExchangeRecovered');
  expect(second.store.facts.find(({ type }) => type === 'DriftHealed')).toMatchObject({ afterOutage: true });
  // What has been put right is not found again.
  const told = second.store.facts.length;
  second.telephony.channels.set('1.5' as LiveChannel['id'], up('1.5'));
  await second.control.recover(false);
  expect(second.store.facts.slice(told)).toEqual([]);
});

test('a caller who goes in the moment of being offered is no fault of the agent’s, who is free at once', async () => {
  const { clock, control, enter, telephony, store } = setUp();
  control.asks.askAgent('ana' as AgentId, { to: 'sign-in' }, 'test');
  telephony.failures.set('ringPhone', new LegGone('the caller'));
  enter(caller('1.1'));
  await settled();
  control.heard({ type: 'LegEnded', at: clock.now(), leg: caller('1.1').id, cause: 'hung-up' });
  enter(caller('1.2'));
  await settled();
  expect(typesTold(store).filter((type) => type === 'AgentOffered')).toHaveLength(2);
  expect(telephony.asked).toContain('ringPhone c1-2.a1 101');
});

test('once stopped it acts no more, whatever it hears', async () => {
  const { control, enter, telephony } = setUp();
  await control.stop();
  enter(caller('1.1'));
  await settled();
  expect(telephony.asked).toEqual([]);
});

test('a channel whose call is over and that comes back is hung up, and begins no call', async () => {
  const { control, clock, store, telephony, enter } = setUp();
  enter(caller('1.1'));
  control.heard({ type: 'LegEnded', at: clock.now(), leg: '1.1' as LiveChannel['id'], cause: 'hung-up' });
  enter(caller('1.1', 'h'));
  expect(typesTold(store).filter((type) => type === 'CallArrived')).toHaveLength(1);
  await vi.waitFor(() => expect(telephony.channels.has('1.1' as LiveChannel['id'])).toBe(false));
});

test('who calls while the house is strained hears busy and is counted; who had been answered before is taken up', async () => {
  const { control, enter, seen, telephony } = setUp();
  control.policyPublished(
    aPolicy({ version: 2, admission: { mostLagMs: 200, treatment: { is: 'busy', elsewhere: false } } }),
  );
  control.strainReported({ lagMs: 450 });
  enter(caller('1.1'));
  enter({ ...caller('1.2'), state: 'up' });
  await settled();
  expect(telephony.asked).toEqual(['hangUp 1.1 busy', 'answer 1.2', 'startMusic 1.2 default']);
  expect(seen).toEqual(['turned away: busy']);
  expect(control.calls.map(({ caller: channel }) => channel)).toEqual(['1.2']);
});

test('what the dialplan did is told once, also by a process that begins after it was told and before it was forgotten', async () => {
  const alone: AloneCall = {
    channel: '1.9' as AloneCall['channel'],
    from: 'trunk',
    source: 'demo',
    ani: '+33612345678',
    dnis: '+33170000011',
    cameAt: instant(1000),
    rung: ['101' as Extension],
    endedAt: instant(9000),
    endedBy: 'caller',
  };
  const first = setUp();
  const isSafe = first.control.takenAlone(alone);
  await settled();
  expect(isSafe()).toBe(true);
  expect(typesTold(first.store)).toContain('CallTakenAlone');
  const second = setUp();
  second.control.restore(await first.store.load(), [aPolicy()]);
  expect(second.control.takenAlone(alone)()).toBe(true);
  expect(second.control.takenAlone({ ...alone, channel: '1.10' as AloneCall['channel'] })()).toBe(false);
  await settled();
  expect(second.store.facts.flatMap((fact) => (fact.type === 'CallEnded' ? [fact.call] : []))).toEqual(['c1-10']);
});
