/**
 * The pieces of a SIPp scenario (https://sipp.readthedocs.io/en/latest/scenarios/ownscenarios.html). What is written
 * here as a template may use SIPp's own keywords in brackets; what comes from a caller of the library goes through
 * `literal`, so that no byte of it is taken for one.
 */

/** A text, or the n-th column of the injected lines, from 0. */
export type Value = string | { readonly field: number };

/** How long: so many ms, or evenly spread between two. */
export type Duration = number | { readonly minMs: number; readonly maxMs: number };

/** A value as it stands in a message: every byte that could mean something to SIPp or XML is written as `\xNN`. */
export const literal = (value: Value): string =>
  typeof value === 'string'
    ? value.replace(/[^A-Za-z0-9 .,:;@=_~+*#()/-]/gu, (character) =>
        [...Buffer.from(character)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join(''),
      )
    : `[field${value.field}]`;

/** An attribute's value. */
export const attribute = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => `&#${character.codePointAt(0)};`);

/** Sends a message: lines without indentation, the body after an empty line. */
export const send = (lines: readonly string[], attributes = ''): string =>
  `<send ${attributes}><![CDATA[\n\n${lines.join('\n')}\n\n]]></send>`;

/** Sends until answered, as UDP demands (RFC 3261, T1 = 500 ms). */
export const sendReliably = (lines: readonly string[], attributes = ''): string =>
  send(lines, `retrans="500" ${attributes}`);

export const receive = (what: { request: string } | { response: number }, attributes = '', actions = ''): string => {
  const expected = 'request' in what ? `request="${what.request}"` : `response="${what.response}"`;
  return actions === ''
    ? `<recv ${expected} ${attributes}/>`
    : `<recv ${expected} ${attributes}><action>${actions}</action></recv>`;
};

export const pause = (duration: Duration): string =>
  typeof duration === 'number'
    ? `<pause milliseconds="${Math.round(duration)}"/>`
    : `<pause distribution="uniform" min="${Math.round(duration.minMs)}" max="${Math.round(duration.maxMs)}"/>`;

export const act = (actions: string, attributes = ''): string => `<nop ${attributes}><action>${actions}</action></nop>`;

export const label = (id: string): string => `<label id="${id}"/>`;

export const goTo = (id: string): string => `<nop next="${id}"/>`;

/** A whole scenario. */
export const scenario = (name: string, steps: readonly string[]): string =>
  ['<?xml version="1.0" encoding="UTF-8" ?>', `<scenario name="${attribute(name)}">`, ...steps, '</scenario>', ''].join(
    '\n',
  );
