import { createHash } from 'node:crypto';

/**
 * What the private root is made of. Debian 14 is the first to carry the Asterisk we need
 * (https://packages.debian.org/forky/asterisk); all else comes from the same place.
 */
const suite = 'forky';

const packages = [
  'asterisk',
  'asterisk-modules',
  'asterisk-core-sounds-en-wav',
  'asterisk-core-sounds-fr-wav',
  'asterisk-moh-opsound-wav',
  'redis-server',
  'postgresql-18',
  'sip-tester',
  'baresip-core',
  'espeak-ng',
  'sox',
  'tshark',
  'iproute2',
  'ca-certificates',
] as const;

/** Files that no server reads: half of the time to unpack, and a hundred megabytes. */
const leftOut = ['/usr/share/man/*', '/usr/share/info/*', '/usr/share/locale/*', '/usr/share/doc/*'] as const;

/** The command line that fills an empty folder. */
export const buildCommand = (folder: string): readonly [string, ...string[]] => [
  'mmdebstrap',
  '--mode=root',
  '--variant=minbase',
  // A mirror that lags is still a mirror.
  '--aptopt=Acquire::Check-Valid-Until "false"',
  ...leftOut.map((path) => `--dpkgopt=path-exclude=${path}`),
  '--dpkgopt=path-include=/usr/share/doc/*/copyright',
  `--include=${packages.join(',')}`,
  // Mount points: the root is read-only when it is entered.
  '--customize-hook=touch "$1/etc/resolv.conf"',
  suite,
  folder,
];

/** Roots with the same name have the same contents. */
export const contentsHash = createHash('sha256')
  .update(JSON.stringify(buildCommand('')))
  .digest('hex')
  .slice(0, 16);
