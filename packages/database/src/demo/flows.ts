import type { PolicyDocument } from '@cordboard/contracts';

type Flow = PolicyDocument['flows'][string];
type Nodes = Flow['nodes'];
type Language = 'en' | 'fr';

/** Greeting, opening hours, menu. Who chooses nothing, or wrongly, three times, comes to support. */
export const mainLine = (name: string, spokenFirst: Language): Flow => ({
  name,
  start: 'hours',
  nodes: {
    hours: { kind: 'hours', calendar: 'always', open: 'welcome', closed: 'closed' },
    welcome: { kind: 'say', sounds: ['cordboard/welcome'], next: menuIn(spokenFirst) },
    [menuIn('fr')]: menu('fr', 'in-english'),
    [menuIn('en')]: menu('en', 'in-french'),
    'in-english': { kind: 'language', language: 'en', next: menuIn('en') },
    'in-french': { kind: 'language', language: 'fr', next: menuIn('fr') },
    ...queued('sales'),
    ...queued('support'),
    ...queued('claims'),
    ...closing,
  },
});

/** No greeting, no menu: one queue. */
export const straightTo = (name: string, queue: string): Flow => ({
  name,
  start: queue,
  nodes: { ...queued(queue), end: { kind: 'hangup' } },
});

/** One queue while a calendar is open. At other hours VIPs reach those on call, and all others may leave a message. */
export const duringHours = (name: string, calendar: string, queue: string, roster: string): Flow => ({
  name,
  start: 'hours',
  nodes: {
    hours: { kind: 'hours', calendar, open: queue, closed: 'who' },
    ...queued(queue),
    who: { kind: 'identify', waitMs: 2000, known: 'vips', unknown: 'closed', slow: 'closed' },
    vips: {
      kind: 'branch',
      cases: [{ name: 'VIPs reach who is on call', when: isVip, to: 'on-call' }],
      otherwise: 'closed',
    },
    'on-call': { kind: 'on-call', roster, noAnswer: 'message' },
    closed: { kind: 'say', sounds: ['cordboard/closed'], next: 'message' },
    ...messageFor(queue),
  },
});

/** Who is known reaches their own agent at once, and after a while the team; who is not, the menu. */
export const byCustomer = (name: string, queue: string, menu: Flow): Flow => ({
  name,
  start: 'who',
  nodes: {
    ...menu.nodes,
    who: { kind: 'identify', waitMs: 2000, known: 'own', unknown: menu.start, slow: menu.start },
    own: { kind: 'queue', queue, priority: 1, ownerFirstMs: 15_000, timeout: 'busy' },
  },
});

/** One queue; who finds it full is given to a partner by an outside line, or, where none can be had, may leave a message. */
export const withPartner = (
  name: string,
  queue: string,
  partner: { readonly number: string; readonly trunk: string },
): Flow => ({
  name,
  start: queue,
  nodes: {
    [queue]: { kind: 'queue', queue, priority: 0, timeout: 'partner', full: 'partner' },
    partner: { kind: 'transfer', ...partner, forMs: 20_000, attributes: [], noAnswer: 'message' },
    ...messageFor(queue),
  },
});

/** One desk phone. */
export const ringing = (name: string, extension: string): Flow => ({
  name,
  start: 'ring',
  nodes: {
    ring: { kind: 'ring', extension, forMs: 20_000, noAnswer: 'message' },
    ...messageFor(extension),
  },
});

const menuIn = (language: Language) => `menu-${language}` as const;

const menu = (language: Language, otherLanguage: string): Nodes[string] => ({
  kind: 'menu',
  sounds: ['cordboard/menu-main', 'cordboard/menu-other-language'],
  choices: { '1': 'sales', '2': 'support', '3': 'claims', '9': otherLanguage, '*': menuIn(language) },
  tries: 3,
  waitMs: 5000,
  invalidSounds: ['cordboard/invalid'],
  noInputSounds: ['cordboard/no-input'],
  otherwise: 'support',
});

/** A queue, and what is said to those whom it keeps too long. */
const queued = (queue: string): Nodes => ({
  [queue]: { kind: 'queue', queue, priority: 0, timeout: 'busy' },
  busy: { kind: 'say', sounds: ['cordboard/call-back-later'], next: 'end' },
});

/** In this box: of a queue, for its members; of an extension, for whoever sits there. */
const messageFor = (box: string): Nodes => ({
  message: {
    kind: 'voicemail',
    box,
    sounds: ['cordboard/leave-message'],
    maxMs: 120_000,
    silenceMs: 4000,
    next: 'kept',
  },
  kept: { kind: 'say', sounds: ['cordboard/message-kept'], next: 'end' },
  end: { kind: 'hangup' },
});

const isVip = { fact: 'customer.segment', is: 'equals', value: 'vip' } as const;

const closing: Nodes = {
  closed: { kind: 'say', sounds: ['cordboard/closed'], next: 'end' },
  end: { kind: 'hangup' },
};
