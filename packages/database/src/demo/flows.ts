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

/** One queue while a calendar is open. */
export const duringHours = (name: string, calendar: string, queue: string): Flow => ({
  name,
  start: 'hours',
  nodes: {
    hours: { kind: 'hours', calendar, open: queue, closed: 'closed' },
    ...queued(queue),
    ...closing,
  },
});

/** One desk phone. */
export const ringing = (name: string, extension: string): Flow => ({
  name,
  start: 'ring',
  nodes: {
    ring: { kind: 'ring', extension, forMs: 20_000, noAnswer: 'nobody' },
    nobody: { kind: 'say', sounds: ['cordboard/sorry-nobody'], next: 'end' },
    end: { kind: 'hangup' },
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

const closing: Nodes = {
  closed: { kind: 'say', sounds: ['cordboard/closed'], next: 'end' },
  end: { kind: 'hangup' },
};
