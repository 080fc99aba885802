import { label, literal, receive, scenario, sendReliably, type Value } from './xml.ts';

/** A phone that registers, and perhaps takes its calls elsewhere. */
export interface RegisterScenario {
  readonly user: Value;
  readonly password: Value;
  /** Where its calls are to go: the port of a called scenario, say. */
  readonly contact: { readonly host: string; readonly port: number };
  /** For how long, in s; 0 takes the registration back; 1 h. */
  readonly expires?: number;
}

/** The scenario of a registration with digest authentication: one for each call that SIPp makes. */
export const registerScenario = ({ user, password, contact, expires = 3600 }: RegisterScenario): string => {
  const register = (extra: readonly string[] = []) => [
    'REGISTER sip:[remote_ip]:[remote_port] SIP/2.0',
    'Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch];rport',
    `From: <sip:${literal(user)}@[remote_ip]:[remote_port]>;tag=[pid]lab[call_number]`,
    `To: <sip:${literal(user)}@[remote_ip]:[remote_port]>`,
    'Call-ID: [call_id]',
    'CSeq: [cseq] REGISTER',
    `Contact: <sip:${literal(user)}@${contact.host}:${contact.port}>`,
    'Max-Forwards: 70',
    `Expires: ${expires}`,
    ...extra,
    'Content-Length: 0',
    '',
  ];
  return scenario('register', [
    sendReliably(register()),
    receive({ response: 401 }, 'auth="true" optional="true" next="prove"'),
    receive({ response: 200 }, 'next="over"'),
    label('prove'),
    sendReliably(register([`[authentication username=${inKeyword(user)} password=${inKeyword(password)}]`])),
    receive({ response: 200 }),
    label('over'),
  ]);
};

/** Inside SIPp's brackets there is no escaping: what would end the keyword cannot be said. */
const inKeyword = (value: Value): string => {
  if (typeof value === 'string' && !/^[^\s[\]"\\]+$/.test(value))
    throw new TypeError('SIPp cannot authenticate with spaces, quotes, brackets or backslashes');
  return literal(value);
};
