import type { RingRequest } from '@cordboard/application';
import { isExtension } from '../translate/translate.ts';
import type { AriTransport } from '../transport/transport.ts';
import { originateLeg } from './originate-leg.ts';
import { PhoneNotRung } from './refusal.ts';

/** Rings a desk phone. */
export const ringPhone = async (
  transport: AriTransport,
  { extension, ...request }: RingRequest,
  call: string,
): Promise<void> => {
  if (!isExtension(extension)) throw new PhoneNotRung(`${JSON.stringify(extension)} is no extension`);
  await originateLeg(transport, { ...request, endpoint: `PJSIP/${extension}`, variables: {} }, call);
};
