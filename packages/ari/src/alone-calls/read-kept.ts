import { type AloneCall, type ChannelId, type Extension, type Instant, instant } from '@cordboard/core';
import { trunkName } from '../translate/channel.ts';
import { cleanNumber } from '../translate/party.ts';

/** What is kept of a call whose end is not. */
export type BegunCall = Omit<AloneCall, 'endedAt' | 'endedBy'>;

/**
 * Reads what the dialplan has kept of a call in Asterisk's database (extensions.conf, `degraded`), line by line. A caller had
 * a hand in it: what is not exactly as the dialplan writes it is no line.
 * @returns undefined when its beginning is not among the lines
 */
export const readKept = (channel: string, lines: readonly string[]): BegunCall | AloneCall | undefined => {
  const began = lines.flatMap((line) => found(line, beganAs))[0];
  if (began === undefined) return undefined;
  const { from, endpoint = '', ani = '', dnis = '', came } = began;
  const cameAt = momentOf(came);
  const answered = last(lines, answeredAs);
  const ended = last(lines, endedAs);
  const begun: BegunCall = {
    channel: channel as ChannelId,
    from: from === 'phone' ? 'phone' : 'trunk',
    source: from === 'phone' ? endpoint : trunkName(endpoint),
    ani: cleanNumber(ani),
    dnis: cleanNumber(dnis),
    cameAt,
    rung: lines.flatMap((line) => found(line, rungAs)).map(({ extension }) => extension as Extension),
    ...(answered === undefined
      ? {}
      : { answered: { extension: answered.extension as Extension, at: notBefore(cameAt, momentOf(answered.at)) } }),
  };
  return ended === undefined
    ? begun
    : {
        ...begun,
        endedAt: notBefore(begun.answered?.at ?? cameAt, momentOf(ended.at)),
        endedBy: ended.by as AloneCall['endedBy'],
      };
};

const moment = String.raw`\d{9,11}\.\d{3}`;
const beganAs = new RegExp(
  `^began:(?<from>trunk|phone):(?<endpoint>[\\w.-]{0,64}):(?<ani>[\\d+]{0,32}):(?<dnis>[\\d+*#]{0,32}):(?<came>${moment})$`,
);
const rungAs = /^rung:(?<extension>\d{1,32})$/;
const answeredAs = new RegExp(`^answered:(?<extension>\\d{1,32}):(?<at>${moment})$`);
const endedAs = new RegExp(`^ended:(?<at>${moment}):(?<by>caller|agent|system)$`);

type Groups = Readonly<Record<string, string>>;

const found = (line: string, as: RegExp): readonly Groups[] => {
  const groups = as.exec(line)?.groups;
  return groups === undefined ? [] : [groups];
};

/** Of two the later one: somebody may have picked up and gone before the two were brought together. */
const last = (lines: readonly string[], as: RegExp): Groups | undefined =>
  lines
    .flatMap((line) => found(line, as))
    .toSorted((one, other) => momentOf(one.at) - momentOf(other.at))
    .at(-1);

/** From seconds with three decimals. */
const momentOf = (said = ''): Instant => instant(Number(said.replace('.', '')));

/** The clock may have been set back meanwhile. */
const notBefore = (earliest: Instant, at: Instant): Instant => (at < earliest ? earliest : at);
