/** A SIP message as it was on the wire (RFC 3261 §7), with its headers in order. */
export interface SipMessage {
  /** The first line, without its end. */
  readonly startLine: string;
  /** Of a request, such as INVITE; undefined in an answer. */
  readonly method?: string;
  /** Of an answer, such as 180; undefined in a request. */
  readonly status?: number;
  /** Header names as written and their values, in order. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

/** The compact header names that matter here (RFC 3261 §7.3.3). */
const compact: Readonly<Record<string, string>> = {
  f: 'from',
  t: 'to',
  i: 'call-id',
  m: 'contact',
  v: 'via',
  r: 'refer-to',
};

/**
 * Parse a SIP message.
 * @returns undefined when the text does not begin as one.
 */
export const parseSipMessage = (text: string): SipMessage | undefined => {
  const [head = '', ...rest] = text.replace(/^\s+/, '').split(/\r?\n\r?\n/);
  const [startLine = '', ...lines] = head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  const status = /^SIP\/2\.0 (\d{3})/.exec(startLine)?.[1];
  const method = /^([A-Z]+) \S.* SIP\/2\.0$/.exec(startLine)?.[1];
  if (status === undefined && method === undefined) return undefined;
  return {
    startLine,
    ...(method === undefined ? {} : { method }),
    ...(status === undefined ? {} : { status: Number(status) }),
    headers: lines.flatMap((line) => {
      const colon = line.indexOf(':');
      return colon === -1 ? [] : [[line.slice(0, colon).trim(), line.slice(colon + 1).trim()] as const];
    }),
    body: rest.join('\r\n\r\n'),
  };
};

/** The first value of a header, whatever the case of its name. */
export const header = (message: SipMessage, name: string): string | undefined =>
  message.headers.find(([own]) => canonical(own) === canonical(name))?.[1];

const canonical = (name: string): string => compact[name.toLowerCase()] ?? name.toLowerCase();

/** A party as a header names it: `"Ana" <sip:1001@host>;tag=…`. */
export interface NamedAddress {
  /** The display name without its quotes; empty when there is none. */
  readonly name: string;
  /** The user part, un-escaped where it can be. */
  readonly user: string;
  readonly uri: string;
  readonly tag?: string;
}

/** Parse a From, To, Contact or P-Asserted-Identity value, forgivingly: odd callers are what a laboratory is for. */
export const parseAddress = (value: string): NamedAddress => {
  const bracketed = /^\s*(?:"((?:[^"\\]|\\.)*)"|([^<"]*?))\s*<([^>]*)>(.*)$/s.exec(value);
  const [bare = '', ...parameters] = value.trim().split(';');
  const uri = bracketed?.[3] ?? bare;
  const tag = /;\s*tag=([^;\s]+)/.exec(bracketed ? (bracketed[4] ?? '') : `;${parameters.join(';')}`)?.[1];
  return {
    name: bracketed?.[1]?.replace(/\\(.)/g, '$1') ?? bracketed?.[2] ?? '',
    user: unescapeUser(/^(?:sips?|tel):([^@;]*)/.exec(uri)?.[1] ?? ''),
    uri,
    ...(tag === undefined ? {} : { tag }),
  };
};

const unescapeUser = (user: string): string => {
  try {
    return decodeURIComponent(user);
  } catch (error) {
    if (error instanceof URIError) return user;
    throw error;
  }
};
