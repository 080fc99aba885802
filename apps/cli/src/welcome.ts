import type { Installation } from './bring-up.ts';
import { type Progress, seconds } from './progress.ts';
import { hostAndPort } from './wait-for-api.ts';

/** What a person needs to know to use it. */
export const welcome = ({ url, sip, prepared }: Installation, progress: Progress): string =>
  [
    `\nCordboard is ready (${seconds(progress.elapsedMs())}).\n`,
    `  Wallboard     ${url}/board`,
    `  Agents        ${url}/desk`,
    `  Console       ${url}/console`,
    ...(prepared.administrator === undefined
      ? []
      : [
          `  Sign in as    ${prepared.administrator.username}, password ${prepared.administrator.password}   (shown this once)`,
        ]),
    `  SIP           ${sip === undefined ? 'at the Asterisk of ARI_URL' : `${hostAndPort(sip.host, sip.port)} (UDP and TCP)`}`,
    ...prepared.numbers.map(
      ({ number, leadsTo }, index) => `  ${(index === 0 ? 'Dial' : '').padEnd(13)} ${number}  ${leadsTo}`,
    ),
    '\nCtrl-C ends it.',
  ].join('\n');
