import { Figures } from '../figures.ts';
import { inTime } from '../in-time.ts';
import type { Part } from '../part.ts';
import { callerNumber } from '../ringing.ts';
import type { IncomingInvite } from '../sip-party.ts';

const agents = 10;

/** How much is said between Asterisk and call control for a call, and how much of it when the agent answers. */
export const trips: Part = {
  name: 'trips',
  seconds: () => 35,
  async measure({ floor }) {
    const { house, crew } = await floor();
    const { ours } = await crew(agents);
    const before = await Figures.settled(house);
    const ringing: IncomingInvite[] = [];
    const allRing = new Promise<void>((resolve) => {
      ours.agent.onInvite = (invite) => {
        invite.ring();
        if (ringing.push(invite) === agents) resolve();
      };
    });
    const calls = Array.from({ length: agents }, (_, index) =>
      ours.callers.call(ours.numbers.answered, callerNumber(index)),
    );
    await inTime('every agent is rung', allRing);
    const rung = await Figures.settled(house);
    for (const invite of ringing) invite.answer();
    await inTime('all talk', Promise.all(ringing.map(({ acked }) => acked)));
    const talking = await Figures.settled(house);
    for (const invite of ringing) invite.bye();
    await inTime('all have hung up', Promise.all([...ringing, ...calls].map(({ ended }) => ended)));
    const after = await Figures.settled(house);

    const events = (after.ariEvents - before.ariEvents) / agents;
    const requests = (after.ariRequests - before.ariRequests) / agents;
    const atAnswer = (talking.ariRequests - rung.ariRequests) / agents;
    return [
      { what: 'ARI events of a call', unit: '', ours: events, aim: 'at most 15', met: events <= 15 },
      { what: 'ARI requests of a call', unit: '', ours: requests, aim: 'at most 6', met: requests <= 6 },
      { what: 'of those, when the agent answers (in one write)', unit: '', ours: atAnswer },
    ];
  },
};
