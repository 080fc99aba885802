import type { Desk } from '@cordboard/core';
import type { House } from './house.ts';
import { until } from './until.ts';

/** Resolves when call control has said that a phone is set like this. */
export const deskIs = (house: House, extension: string, what: string, is: (desk: Desk) => boolean): Promise<void> =>
  until(`phone ${extension}: ${what}`, () => {
    const last = house.allFacts().findLast((fact) => fact.type === 'DeskChanged' && fact.extension === extension);
    return last?.type === 'DeskChanged' && is(last.desk);
  }).then(() => undefined);
