import { askAri } from '../tests/integration/embedded-lab.ts';
import type { House } from './house.ts';

/** Channels and bridges in Asterisk: none, when nobody calls. */
export const leftOver = async ({ asterisk }: Pick<House, 'asterisk'>): Promise<number> => {
  const count = async (what: 'channels' | 'bridges'): Promise<number> => {
    const { body } = await askAri(asterisk, 'GET', what);
    return Array.isArray(body) ? body.length : Number.NaN;
  };
  return (await count('channels')) + (await count('bridges'));
};
