const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

/** What the board says of the lines to carriers. */
export const trunkPanel = {
  title: 'Trunks',
  none: 'No trunk yet.',
  noneNext: 'An administrator adds one in the console, under Trunks.',
  unread: 'The trunks cannot be read just now.',
  states: {
    unknown: 'Not heard of yet',
    reachable: 'Online',
    registered: 'Online, registered',
    unregistered: 'Not registered',
    unreachable: 'Unreachable',
    rejected: 'Rejected',
  },
  rejected: (status: string) => `Rejected (${status})`,
  since: (time: string) => `since ${time}`,
  roundTrip: (ms: number) => `${ms} ms`,
  roundTripMeans: 'From a question to the carrier to its answer',
  lastError: (error: string, time: string) => `last trouble ${time}: ${error}`,
  check: 'Check',
  checkOf: (name: string) => `Check ${name}`,
  checking: 'Asking the carrier …',
  fine: (answered: string) => `Nothing is wrong: the carrier answers${answered}.`,
  after: (ms: number) => ` after ${ms} ms`,
  /** The API says them in English already. */
  findings: {} as Readonly<Record<string, string>>,
};

/** What the board says of the places where people work. */
export const sitePanel = {
  title: 'Sites',
  queue: 'Show the queue',
  site: 'Site',
  none: 'No site yet',
  noneMeans: 'Callers for whom no phone rings yet, and agents whose site is not entered',
  waiting: 'Waiting',
  answered: 'Answered',
  ready: 'Ready',
  talking: 'On a call',
  signedIn: 'Signed in',
  total: 'All sites',
  unread: 'The figures of the sites cannot be read just now.',
};

/** What the board says of what had to be put right. */
export const drift = {
  title: 'What was put right',
  withAsterisk: (n: number) =>
    `${count(n, 'difference', 'differences')} with Asterisk found and put right in the last hour.`,
  last: (time: string, what: string) => `The last at ${time}: ${what}.`,
  afterOutage: 'after an outage',
  kinds: {
    'event-missed': (what: string) => `something that had happened unheard (${what})`,
    'request-lost': (what: string) => `a request that had not been carried out (${what})`,
    'left-over': (what: string) => `something left over of a call that had ended (${what})`,
    'caller-unknown': () => 'a caller whom no call knew',
  },
  story: 'Its story',
  withPage: (n: number, time: string) =>
    `This page differed from the server ${count(n, 'time', 'times')} in the last hour, the last at ${time}, and took its figures anew.`,
};

/** Callers are turned away at the admission limit. */
export const admission = {
  title: 'Callers turned away',
  begun: (time: string, reason: string) => `Since ${time}, new callers are turned away: ${reason}.`,
  soFar: (n: number) => `${count(n, 'caller', 'callers')} so far. Calls in progress go on.`,
  over: 'New callers are taken again.',
};

/** How the board marks a call in which somebody waits, is asked, or joins. */
export const marks = {
  onHold: 'On hold',
  calling: (name: string) => `calling ${name}`,
  asking: (name: string) => `asking ${name}`,
  askedBy: (name: string) => `asked by ${name}`,
  joining: (name: string) => `calling in ${name}`,
  joined: (name: string) => `with ${name}`,
};
