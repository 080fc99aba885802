import { setTimeout as pause } from 'node:timers/promises';
import type { ClientEvents, ServerEvents } from '@cordboard/contracts';
import { header } from '@cordboard/sip-lab';
import { io, type Socket } from 'socket.io-client';
import { openBrowser, signInAt } from '../../tests/support/browser.ts';
import { password } from '../../tests/support/house-people.ts';
import { deskAgentId, type Floor } from '../floor.ts';
import { inTime } from '../in-time.ts';
import { now, watchText } from '../pages.ts';
import type { Part } from '../part.ts';
import { quantile, summary } from '../statistics.ts';

interface Lead {
  /** How long before the phone's 180 the card was at the agent's page; negative: after it. ms. */
  readonly received: readonly number[];
  /** How long before the phone's 180 the card was painted. ms. */
  readonly painted: readonly number[];
  /** How long after the INVITE reached the phone the card was painted. ms. */
  readonly afterInvite: readonly number[];
}

/** (d) The card against the phone: baresip, which says 180 when it has read the INVITE and set up its sound. */
const measureCard = async ({ house, ours, changeShift }: Floor, calls: number): Promise<Lead> => {
  const phone = await changeShift();
  const browser = await openBrowser();
  const person = await house.person(deskAgentId);
  const socket: Socket<ServerEvents, ClientEvents> = io(house.url, {
    transports: ['websocket'],
    extraHeaders: { cookie: person.cookie, origin: house.url },
    forceNew: true,
  });
  try {
    await new Promise<void>((resolve) => socket.once('connect', () => socket.emit('board:watch', () => resolve())));
    const { page } = await browser.open({ reducedMotion: false });
    await signInAt(page, `${house.url}/desk`, deskAgentId, password);
    const watch = await watchText(page);
    const received: number[] = [];
    const painted: number[] = [];
    const afterInvite: number[] = [];
    for (let index = 0; index < calls; index += 1) {
      const number = `33639980${String(100 + index)}`;
      const seen = watch(number);
      await pause(50);
      const opened = new Promise<number>((resolve) => socket.once('card:open', () => resolve(now())));
      const call = ours.callers.call(ours.numbers.quick, `+${number}`);
      const ringing = await phone.nextIncoming({ withinMs: 5000 });
      const ofThisCall = (callId: string | undefined): boolean => callId === ringing.id;
      const rang = await phone.messages.first(
        ({ type, message }) => type === 'sent' && message.status === 180 && ofThisCall(header(message, 'call-id')),
        { withinMs: 5000, what: 'the phone did not say that it rings' },
      );
      const invited = await phone.messages.first(
        ({ type, message }) =>
          type === 'received' && message.method === 'INVITE' && ofThisCall(header(message, 'call-id')),
        { withinMs: 5000, what: 'the phone was not rung' },
      );
      received.push(rang.at - (await inTime('the card is at the page', opened)));
      const paintedAt = await inTime('the card is painted', seen);
      painted.push(rang.at - paintedAt);
      afterInvite.push(paintedAt - invited.at);
      await ringing.answer();
      await inTime('the caller is through', call.answered);
      call.bye();
      await inTime('the caller has gone', call.ended);
      await pause(60);
    }
    return { received, painted, afterInvite };
  } finally {
    socket.disconnect();
    await browser.close();
  }
};

/** How soon the agent sees who calls. */
export const card: Part = {
  name: 'card',
  seconds: ({ cards }) => 8 + cards * 0.4,
  async measure({ floor, sizes: { cards } }) {
    const { received, painted, afterInvite } = await measureCard(await floor(), cards);
    const first = received.filter((lead) => lead > 0).length / received.length;
    const late = painted.map((lead) => -lead);
    return [
      {
        what: 'd: card at the agent’s page before the phone’s 180',
        unit: 'ms',
        ours: summary(received),
        aim: 'first in 99 %',
        met: first >= 0.99,
      },
      {
        what: 'd: share of calls in which the card came first',
        unit: '',
        ours: first,
        aim: 'at least 0.99',
        met: first >= 0.99,
      },
      {
        what: 'd: card painted after the phone’s 180',
        unit: 'ms',
        ours: summary(late),
        aim: 'p95 ≤ 300',
        met: quantile(late, 0.95) <= 300,
      },
      {
        what: 'card painted after the INVITE reached the phone',
        unit: 'ms',
        ours: summary(afterInvite),
        aim: 'p99 ≤ 100',
        met: quantile(afterInvite, 0.99) <= 100,
      },
    ];
  },
};
