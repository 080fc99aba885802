import type { Database } from '@cordboard/database';
import { DemoRefused } from './options.ts';
import type { World } from './plan.ts';
import { type Seat, seatingOrder } from './seats.ts';

/** Who plays in the demo. */
export interface Cast {
  readonly agents: readonly (Seat & { readonly password: string })[];
  /** The address that a trunk is known by, and that its callers call from. */
  readonly carrier: string;
  readonly world: World;
}

/**
 * Finds people for the demo in what the installation knows.
 * @throws DemoRefused when there is nobody who could play.
 */
export const castFrom = async (database: Database, agents: number): Promise<Cast> => {
  const [people, phones, trunks, customers, policy] = await Promise.all([
    database.agents.list(),
    database.phones.list(),
    database.trunks.list(),
    database.customers.list({ limit: 100 }),
    database.policies.current(),
  ]);
  const carrier = trunks.flatMap(({ addresses }) => addresses).find((address) => ofThisMachine.test(address));
  if (carrier === undefined)
    throw new DemoRefused('The demo calls through a trunk with an address such as 127.0.0.2: add one in the console.');
  const numbers = (policy?.numbers ?? []).map(({ number }) => number);
  if (numbers.length === 0) throw new DemoRefused('The demo needs numbers to dial: publish a policy that has some.');
  const passwordOf = new Map(phones.map(({ extension, password }) => [extension, password]));
  const teams = Object.values(policy?.queues ?? {}).map(({ members }) => members.map(({ agent }) => agent));
  const seats = people.flatMap(({ id, extension }) => {
    const password = passwordOf.get(extension);
    return password === undefined ? [] : [{ id, extension, password }];
  });
  if (seats.length === 0) throw new DemoRefused('The demo needs agents with phones: add some in the console.');
  return {
    agents: seatingOrder(seats, teams).slice(0, agents),
    carrier,
    world: { known: customers.flatMap((customer) => customer.numbers.map(asDialled)), numbers },
  };
};

/** Loopback, but where the desk phones are: a trunk is known by its address before anybody is asked for a name. */
const ofThisMachine = /^127\.0\.0\.(?!1$)\d+$/;

const asDialled = (number: string): string => number.replaceAll(/[^+\d]/g, '');
