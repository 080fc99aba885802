import type { Customer } from '../customer.ts';
import { nodeIn } from '../policy/lookup.ts';
import type { Policy } from '../policy/policy.ts';
import { Pseudonyms } from './pseudonyms.ts';
import type { Act, Day, Happening, RecordedCall } from './recording.ts';

/**
 * The same day without the persons in it. Names are left out, callers' numbers are replaced by others, and of what callers
 * keyed in or other systems answered only that is kept which a rule of the policy asks for.
 */
export const withoutPersons = (day: Day): Day => {
  const policies = [
    day.opening.policy,
    ...day.happenings.flatMap((each) => (each.is === 'policy' ? [each.policy] : [])),
  ];
  const texts = policies.map((policy) => JSON.stringify(policy));
  const pseudonyms = new Pseudonyms(texts.join(' '));
  const asked = new Set(
    texts.flatMap((text) => [...text.matchAll(/"attribute:([^"]+)"/g)].map(([, name = '']) => name)),
  );
  const { opening } = day;
  return {
    ...day,
    opening: {
      ...opening,
      agents: opening.agents.map((agent) => ({ ...agent, name: agent.id })),
      switches: opening.switches.map((each) => ({ ...each, by: '' })),
      tickets: opening.tickets.map((ticket) => ({
        ...ticket,
        number: pseudonyms.of(ticket.number),
        name: '',
        customer: nameless(ticket.customer),
        attributes: only(asked, ticket.attributes),
      })),
    },
    happenings: day.happenings.map(nobodyNamed),
    calls: day.calls.map((call) => anonymous(call, policies, pseudonyms, asked)),
  };
};

const nobodyNamed = (happening: Happening): Happening =>
  happening.is === 'caller-moved' ? { ...happening, by: 'a supervisor' } : happening;

const anonymous = (
  call: RecordedCall,
  policies: readonly Policy[],
  pseudonyms: Pseudonyms,
  asked: ReadonlySet<string>,
): RecordedCall => ({
  ...call,
  ani: call.from === 'trunk' ? pseudonyms.of(call.ani) : call.ani,
  ...(call.identified === undefined
    ? {}
    : { identified: { ...call.identified, customer: nameless(call.identified.customer) } }),
  visits: call.visits.map((visit) => ({
    ...visit,
    acts: visit.acts.map((act): Act => {
      switch (act.do) {
        case 'key-in': {
          const isAsked = policies.some((policy) => {
            const node = nodeIn(policy, visit.flow, visit.node);
            return node.kind === 'collect' && asked.has(node.attribute);
          });
          return isAsked ? act : { ...act, digits: '0'.repeat(act.digits.length) };
        }
        case 'accept-callback':
          return { ...act, number: pseudonyms.of(act.number) };
        case 'http':
          return act.attributes === null ? act : { ...act, attributes: only(asked, act.attributes) };
        default:
          return act;
      }
    }),
  })),
});

const nameless = (customer: Customer | null): Customer | null => {
  if (customer === null) return null;
  const { id, segment, owner, openCase } = customer;
  return {
    id,
    name: '',
    ...(segment === undefined ? {} : { segment }),
    ...(owner === undefined ? {} : { owner }),
    ...(openCase === undefined ? {} : { openCase: 'open' }),
  };
};

const only = (names: ReadonlySet<string>, attributes: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(attributes).filter(([name]) => names.has(name)));
