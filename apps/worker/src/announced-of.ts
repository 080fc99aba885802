import type { ChangedTable } from '@cordboard/database';
import type { Announced } from './announcer.ts';

/** What has to be told anew when a table has changed: phones are people's and Asterisk's business alike. */
export const announcedOf = (table: ChangedTable): readonly Announced[] => announced[table];

const announced = {
  agents: ['directory'],
  phones: ['directory', 'provisioning'],
  trunks: ['provisioning'],
  policy_versions: ['policy'],
  voicemails: ['messages'],
} as const satisfies Record<ChangedTable, readonly Announced[]>;
