import type { CallAnswer, CallRecord } from '@cordboard/contracts';
import type { House } from './house.ts';
import { until } from './until.ts';

/** What is kept of a call for good, as soon as it is written. */
export const onRecord = (house: House, call: string): Promise<CallRecord> =>
  until(`the record of ${call}`, async () => {
    const response = await house.admin.send('GET', `/api/calls/${call}`);
    const answer = (await response.json()) as Partial<CallAnswer>;
    return answer.is === 'ended' && answer.record;
  });
