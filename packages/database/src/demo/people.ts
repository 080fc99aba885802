import type { CustomerInput, TrunkInput } from '@cordboard/contracts';

/** Who sits at which phone. */
export const demoAgents = [
  { id: 'ana', name: 'Ana Lefèvre', extension: '101', language: 'fr' },
  { id: 'ben', name: 'Ben Carter', extension: '102', language: 'en' },
  { id: 'chloe', name: 'Chloé Bernard', extension: '103', language: 'fr' },
  { id: 'david', name: 'David Moreau', extension: '104', language: 'fr' },
  { id: 'emma', name: 'Emma Wilson', extension: '105', language: 'en' },
  { id: 'farid', name: 'Farid Benali', extension: '106', language: 'fr' },
] as const;

export const demoSupervisor = { username: 'sophie', name: 'Sophie Garnier', language: 'fr' } as const;

/**
 * A carrier on this machine. Not at 127.0.0.1, where the desk phones of a demo are: a trunk is known by its address
 * before anybody is asked for a name.
 */
export const demoTrunk: TrunkInput = { id: 'demo', name: 'Demo carrier', addresses: ['127.0.0.2'] };

/** Their numbers are kept for fiction: ARCEP, décision n° 2018-0881 (01 99 00, 06 39 98), and Ofcom (020 7946 0). */
export const demoCustomers: readonly CustomerInput[] = [
  {
    name: 'Zoé Martin',
    company: 'Atelier Martin',
    segment: 'vip',
    owner: 'ana',
    notes: 'Three workshops. Wants to be called back before noon.',
    numbers: ['+33 6 39 98 12 34', '+33 1 99 00 12 34'],
  },
  { name: 'Hugo Petit', segment: 'standard', numbers: ['+33 6 39 98 00 21'] },
  {
    name: 'Inès Rousseau',
    company: 'Lumen Distribution',
    segment: 'partner',
    owner: 'farid',
    notes: 'Orders by the pallet; the contract is renewed in March.',
    numbers: ['+33 1 99 00 45 00'],
  },
  { name: 'Karim Haddad', segment: 'standard', notes: 'Open claim about a delivery.', numbers: ['+33 6 39 98 77 02'] },
  { name: 'Oliver Grant', company: 'Grant & Sons', segment: 'standard', numbers: ['+44 20 7946 0018'] },
];
