/** An answer to one of our questions. */
export interface SipAnswer {
  readonly status: number;
  /** The first value of a header, by its name in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** Short names of headers (RFC 3261 §7.3.3). */
const long: Readonly<Record<string, string>> = { m: 'contact', v: 'via', i: 'call-id', l: 'content-length' };

/** @returns undefined for what is no answer. */
export const parseAnswer = (text: string): SipAnswer | undefined => {
  const end = text.search(/\r?\n\r?\n/);
  const head = (end === -1 ? text : text.slice(0, end)).replace(/\r?\n[ \t]+/g, ' ');
  const [first = '', ...lines] = head.split(/\r?\n/);
  const status = /^SIP\/2\.0 (\d{3})/.exec(first)?.[1];
  if (status === undefined) return undefined;
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(0, colon)).trim().toLowerCase();
    const whole = long[name] ?? name;
    if (colon > 0 && !headers.has(whole)) headers.set(whole, line.slice(colon + 1).trim());
  }
  return { status: Number(status), headers, body: end === -1 ? '' : text.slice(end).replace(/^(\r?\n){2}/, '') };
};
