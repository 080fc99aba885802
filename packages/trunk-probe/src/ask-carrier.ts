import { type Asked, ask, bracketed, type Question, type Transport } from './ask.ts';
import { proof } from './digest.ts';
import type { CarrierAnswers } from './findings.ts';
import type { ProbedTrunk } from './probed-trunk.ts';
import type { Registration } from './registration.ts';
import { type Place, resolve } from './resolve.ts';

/** How long a carrier may take over one answer. */
const patienceMs = 3000;

/**
 * Asks a carrier how it stands with our registration. A REGISTER without a Contact asks and changes nothing
 * (RFC 3261 §10.2.3): the exchange's own registration stays as it is.
 */
export const askRegistration = async (trunk: ProbedTrunk): Promise<Registration> => {
  const place = await resolve(trunk.server);
  if (place === undefined || trunk.registration === undefined) return { is: 'no-answer' };
  const asked = await register(place, 'udp', trunk.server, trunk.registration);
  return registrationOf(asked?.answer);
};

/** Asks a carrier all that can be asked without a call. */
export const askCarrier = async (trunk: ProbedTrunk): Promise<CarrierAnswers> => {
  const place = await resolve(trunk.server);
  if (place === undefined) return { server: trunk.server };
  const [udp, tcp] = await Promise.all([options(place, 'udp', trunk), options(place, 'tcp', trunk)]);
  const registration =
    trunk.registration === undefined
      ? undefined
      : registrationOf(
          (
            await register(
              place,
              udp === undefined && tcp !== undefined ? 'tcp' : 'udp',
              trunk.server,
              trunk.registration,
            )
          )?.answer,
        );
  return {
    server: trunk.server,
    place,
    ...(udp === undefined ? {} : { udp }),
    ...(tcp === undefined ? {} : { tcp }),
    ...(registration === undefined ? {} : { registration }),
  };
};

const options = (place: Place, transport: Transport, { server }: ProbedTrunk): Promise<Asked | undefined> => {
  const uri = `sip:${server}`;
  return ask(
    place,
    transport,
    {
      method: 'OPTIONS',
      uri,
      from: `sip:cordboard@${bracketed(place.host)}`,
      to: uri,
      headers: ['Accept: application/sdp'],
    },
    patienceMs,
  );
};

const register = async (
  place: Place,
  transport: Transport,
  server: string,
  credentials: NonNullable<ProbedTrunk['registration']>,
): Promise<Asked | undefined> => {
  const uri = `sip:${server}`;
  const who = `sip:${encodeURIComponent(credentials.username)}@${server}`;
  const question: Question = { method: 'REGISTER', uri, from: who, to: who };
  const first = await ask(place, transport, question, patienceMs);
  const [header, name] =
    first?.answer.status === 407
      ? ['Proxy-Authorization', 'proxy-authenticate']
      : ['Authorization', 'www-authenticate'];
  const challenge =
    first?.answer.status === 401 || first?.answer.status === 407 ? first.answer.headers.get(name) : undefined;
  const authorization = challenge && proof(challenge, credentials, 'REGISTER', uri);
  return authorization === undefined
    ? first
    : ask(place, transport, { ...question, headers: [`${header}: ${authorization}`] }, patienceMs);
};

const registrationOf = (answer: Asked['answer'] | undefined): Registration => {
  if (answer === undefined) return { is: 'no-answer' };
  if (answer.status >= 300) return { is: 'rejected', status: answer.status };
  return { is: answer.headers.has('contact') ? 'registered' : 'unregistered' };
};
