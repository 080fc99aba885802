import { Floor } from '@cordboard/testkit';
import { expect, test } from 'vitest';
import { callView } from '../call/view.ts';
import type { CallId, ChannelId, Extension } from '../ids.ts';

/** Ana talks with a caller; what the board shows is what the call itself says. */
const floorWithTalk = () => {
  const floor = new Floor().signIn('ana');
  const call = floor.arrive('+33170000011');
  floor.answers(call);
  const shown = () => {
    const view = floor.board.call(call);
    expect(view).toEqual(callView(floor.call(call)));
    return view;
  };
  return { floor, call, shown };
};
const hold = (floor: Floor, call: CallId, on: boolean) => floor.handle({ type: 'HoldAsked', at: floor.now, call, on });
const transfer = (
  floor: Floor,
  call: CallId,
  request: { readonly is: 'complete' | 'cancel' } | { readonly is: 'begin'; readonly kind: 'attended' },
) =>
  floor.handle({
    type: 'TransferAsked',
    at: floor.now,
    call,
    request: request.is === 'begin' ? { ...request, to: { extension: '102' as Extension } } : request,
    agent: null,
  });

test('a caller who is held is shown to wait since that moment, and no longer than until they are taken back', () => {
  const { floor, call, shown } = floorWithTalk();
  const heldSince = floor.after(5000).now;
  hold(floor, call, true);
  floor.after(3000);
  expect(shown()).toMatchObject({ onHold: true, heldSince });
  hold(floor, call, false);
  expect(shown()).toMatchObject({ onHold: false, heldSince: null });
});

test('of a consultation is shown with whom, since when, and whether they have picked up', () => {
  const { floor, call, shown } = floorWithTalk();
  const heldSince = floor.after(5000).now;
  transfer(floor, call, { is: 'begin', kind: 'attended' });
  expect(shown()).toMatchObject({ onHold: true, heldSince, consulting: '102', consultAnswered: false });
  const leg = floor.commandsOf(call, 'RingPhone').at(-1)?.leg as ChannelId;
  floor.after(2000).happen(call, { type: 'LegAnswered', leg });
  expect(shown()).toMatchObject({ heldSince, consulting: '102', consultAnswered: true });
  transfer(floor, call, { is: 'cancel' });
  expect(shown()).toMatchObject({ onHold: false, heldSince: null, consulting: null, consultAnswered: false });
});

test('somebody who is to join is shown to ring, then to have joined, then gone', () => {
  const { floor, call, shown } = floorWithTalk();
  const target = { extension: '102' as Extension };
  floor.handle({ type: 'TalkAsked', at: floor.now, call, request: { to: 'add', target } });
  expect(shown()?.third).toEqual({ party: '102', joined: false });
  const leg = floor.commandsOf(call, 'RingPhone').at(-1)?.leg as ChannelId;
  floor.happen(call, { type: 'LegAnswered', leg });
  expect(shown()?.third).toEqual({ party: '102', joined: true });
  floor.happen(call, { type: 'LegEnded', leg, cause: 'hung-up' });
  expect(shown()?.third).toBeNull();
});
