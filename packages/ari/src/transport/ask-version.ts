import { TelephonyUnavailable } from '@cordboard/application';
import { AsteriskInfo } from '../operation/answers.ts';
import { refusal } from './refusal.ts';
import type { AriAccess } from './transport.ts';

/**
 * Asterisk's version, over plain HTTP: what every Asterisk understands.
 * @throws TelephonyUnavailable with one sentence naming what to change
 */
export const askVersion = async ({ url, user, password }: AriAccess, timeoutMs = 2000): Promise<string> => {
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  let response: Response;
  let body: unknown;
  try {
    response = await fetch(`${url}/ari/asterisk/info?only=system`, {
      headers: { authorization, connection: 'close' },
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok) throw new TelephonyUnavailable(refusal(response.status));
    body = await response.json();
  } catch (error) {
    if (error instanceof TelephonyUnavailable) throw error;
    if (error instanceof SyntaxError) throw new TelephonyUnavailable(notAsterisk(url), { cause: error });
    throw new TelephonyUnavailable(`Asterisk's REST interface does not answer at ${url} (ARI_URL)`, { cause: error });
  }
  const read = AsteriskInfo.safeParse(body);
  if (!read.success) throw new TelephonyUnavailable(notAsterisk(url));
  return read.data.system.version;
};

const notAsterisk = (url: string): string => `what answers at ${url} (ARI_URL) is not Asterisk`;
