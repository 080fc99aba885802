import { TelephonyUnavailable } from '@cordboard/application';
import { AsteriskInfo } from '../operation/answers.ts';
import { getByHttp } from './get-by-http.ts';
import { refusal } from './refusal.ts';
import { isYes, parsed, type Reply } from './reply.ts';
import type { AriAccess } from './transport.ts';

/**
 * Asterisk's version, over plain HTTP: what every Asterisk understands.
 * @throws TelephonyUnavailable with one sentence naming what to change
 */
export const askVersion = async (access: AriAccess, timeoutMs = 2000): Promise<string> => {
  const { url } = access;
  let reply: Reply;
  try {
    reply = await getByHttp(access, 'asterisk/info?only=system', AbortSignal.timeout(timeoutMs));
  } catch (cause) {
    throw new TelephonyUnavailable(`Asterisk's REST interface does not answer at ${url} (ARI_URL)`, { cause });
  }
  if (!isYes(reply)) throw new TelephonyUnavailable(refusal(reply.status));
  const read = AsteriskInfo.safeParse(parsed(reply.body));
  if (!read.success) throw new TelephonyUnavailable(notAsterisk(url));
  return read.data.system.version;
};

const notAsterisk = (url: string): string => `what answers at ${url} (ARI_URL) is not Asterisk`;
