import type { RingRequest } from '@cordboard/application';
import { isExtension } from '../translate/translate.ts';
import type { AriTransport } from '../transport/transport.ts';
import { originateLeg } from './originate-leg.ts';
import { PhoneNotRung } from './refusal.ts';

/** Rings a desk phone. */
export const ringPhone = async (
  transport: AriTransport,
  { extension, ringtone, autoAnswer, ...request }: RingRequest,
  call: string,
): Promise<void> => {
  if (!isExtension(extension)) throw new PhoneNotRung(`${JSON.stringify(extension)} is no extension`);
  const variables = { ...ringsAs(ringtone), ...(autoAnswer === true ? answersByItself : {}) };
  await originateLeg(transport, { ...request, endpoint: `PJSIP/${extension}`, variables }, call);
};

/** What phones go by that know the ringtone: Alert-Info (RFC 3261, 20.4), whose `info` names it; the address is not fetched. */
const ringsAs = (ringtone: string | undefined): Readonly<Record<string, string>> =>
  ringtone !== undefined && /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(ringtone)
    ? { 'PJSIP_HEADER(add,Alert-Info)': `<http://127.0.0.1/>;info=${ringtone}` }
    : {};

/** Most desk phones know Call-Info's `answer-after`, others RFC 5373. A phone may be set to obey neither. */
const answersByItself = {
  'PJSIP_HEADER(add,Call-Info)': '<sip:127.0.0.1>;answer-after=0',
  'PJSIP_HEADER(add,Answer-Mode)': 'Auto',
} as const;
