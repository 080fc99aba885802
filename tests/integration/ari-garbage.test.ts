import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { until } from '../support/until.ts';
import { type AriFloor, carrier, openFloor } from './ari-floor.ts';
import { type AriLab, openAriLab } from './ari-lab.ts';
import { type RawInvite, sendRawInvite } from './raw-invite.ts';

let laboratory: AriLab;

beforeAll(async () => {
  // swagger-client says on standard output what it thinks of Asterisk's description of itself.
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  laboratory = await openAriLab();
});
afterAll(async () => {
  vi.restoreAllMocks();
  await laboratory.close();
});

/** Text as its bytes in UTF-8, for a header that is written byte by byte. */
const utf8 = (text: string): string => Buffer.from(text).toString('latin1');

const uri = '<sip:+33639981000@127.0.0.2>';
const froms: readonly (readonly [what: string, from: string, over: 'udp' | 'tcp'])[] = [
  ['a name of 60 kB', `"${utf8('Zoé').repeat(15_000)}" ${uri}`, 'tcp'],
  ['a name of 20 kB', `"${utf8('Zoé').repeat(5000)}" ${uri}`, 'udp'],
  ['a name of 1 kB', `"${utf8('Zoé ').repeat(200)}" ${uri}`, 'udp'],
  ['a number of 4 kB', `<sip:${'3'.repeat(4000)}@127.0.0.2>`, 'udp'],
  ['quotes in the name', `"a \\"quoted\\" \\\\ name\\\\" ${uri}`, 'udp'],
  ['a quote that never ends', `"Zoe ${uri}`, 'udp'],
  ['quotes in the number', `"x" <sip:%22%3E%3Cscript%3E@127.0.0.2>`, 'udp'],
  ['markup', `"<img src=x onerror=alert(1)>" ${uri}`, 'udp'],
  ['JSON', `"{\\"type\\":\\"StasisEnd\\"}" ${uri}`, 'udp'],
  ['control characters', `"a\x01\x02\x1b[31m\x07\x7f b" ${uri}`, 'udp'],
  ['a zero byte', `"a\x00b" ${uri}`, 'udp'],
  ['a tab and a folded line', `"a\tb"\r\n ${uri}`, 'udp'],
  ['line ends in the number', `"x" <sip:1%0d%0aX-Evil:%20yes%00@127.0.0.2>`, 'udp'],
  ['text from right to left that turns the rest', `"${utf8('\u202eevil\u2066\u200f אבג')}" ${uri}`, 'udp'],
  ['bytes that are no UTF-8', `"caf\xe9 \xff\xfe\xc0\xaf" ${uri}`, 'udp'],
  ['half a surrogate', `"a\xed\xa0\x80b" ${uri}`, 'udp'],
  ['an emoji', `"${utf8('☎️👩‍💻')}" ${uri}`, 'udp'],
  ['no user', `"x" <sip:127.0.0.2>`, 'udp'],
  ['an empty user', `"x" <sip:@127.0.0.2>`, 'udp'],
  ['a telephone URI', `"x" <tel:+33639981000>`, 'udp'],
  ['nothing', '', 'udp'],
  ['something that is no address', 'Zoe', 'udp'],
  ['Asterisk’s own syntax', `"\${SHELL(id)}\${CHANNEL}" <sip:1,2&3$4@127.0.0.2>`, 'udp'],
];

describe.each(['websocket', 'ari-client'] as const)('over %s', (kind) => {
  let floor: AriFloor;
  const invites: RawInvite[] = [];

  beforeAll(async () => {
    floor = await openFloor(laboratory, kind);
  });
  afterEach(async () => {
    await floor.clear();
    for (const invite of invites.splice(0)) invite.close();
    expect(floor.malformed).toEqual([]);
  });
  afterAll(async () => {
    await floor.close();
  });

  test.each(froms)(
    'a caller with %s in From is let in clean or not at all, and the next comes in',
    async (_, from, over) => {
      const { telephony } = floor.asterisk;
      const call = async (said: string, way: 'udp' | 'tcp'): Promise<RawInvite> => {
        const { sip } = laboratory.asterisk;
        const invite = await sendRawInvite({
          server: sip,
          host: carrier,
          over: way,
          number: '+33170000010',
          from: said,
        });
        invites.push(invite);
        return invite;
      };
      await call(from, over);
      const next = await call('"Next" <sip:+33639982000@127.0.0.2>', 'udp');
      await floor.tells('CallerEntered', ({ channel }) => channel.callerName === 'Next');
      const { channels } = await telephony.snapshot();
      for (const { callerName, callerNumber } of channels) {
        for (const said of [callerName, callerNumber])
          expect(said).not.toMatch(/[\p{Cc}\p{Cs}\p{Bidi_Control}\uFFFD]/u);
        expect([...callerName].length).toBeLessThanOrEqual(128);
        expect(callerNumber.length).toBeLessThanOrEqual(64);
      }
      const entered = () => floor.told.filter((event) => event.type === 'CallerEntered').map(({ channel }) => channel);
      expect(entered()).toEqual(expect.arrayContaining(channels.map(({ createdAt: _, ...channel }) => channel)));
      for (const { id } of channels) await telephony.hangUp(id, 'busy');
      await until('the refusal', () => next.statuses.includes(486));
    },
  );

  test('a name that SIP has to write with backslashes is shown without them', async () => {
    const { sip } = laboratory.asterisk;
    const from = `"Z \\"the\\" \\\\ 1" ${uri}`;
    invites.push(await sendRawInvite({ server: sip, host: carrier, over: 'udp', number: '+33170000010', from }));
    const { channel } = await floor.tells('CallerEntered');
    expect(channel.callerName).toBe('Z "the" \\ 1');
    await floor.asterisk.telephony.hangUp(channel.id, 'busy');
  });
});
