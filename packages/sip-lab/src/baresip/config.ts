import { insideFolder } from '../spawn-in-root.ts';

/** A codec that Debian's baresip has. */
export type Codec = 'pcmu' | 'pcma' | 'g722' | 'opus';

/** What one baresip process needs to know. */
export interface BaresipSettings {
  readonly host: string;
  readonly sipPort: number;
  readonly controlPort: number;
  readonly codecs: readonly Codec[];
  /** The microphone's tone, in Hz. */
  readonly tone: number;
  readonly maxCalls: number;
}

/** The file a process plays into, taken away by us as soon as a call has opened it. */
export const speakerFile = 'speaker.wav';

/**
 * baresip's `config` file: only the modules needed, a pure sine as the microphone, the loudspeaker into a file in real
 * time (with the silences in which nothing arrives), no ring tones.
 * The jitter buffer is off and the play-out buffer holds 40 ms: what is heard is what arrived, some 40 ms later.
 */
export const baresipConfig = (settings: BaresipSettings): string => {
  const { host, sipPort, controlPort, codecs, tone, maxCalls } = settings;
  const modules = new Set(codecs.map((codec) => (codec.startsWith('pcm') ? 'g711' : codec)));
  return [
    'poll_method epoll',
    `sip_listen ${host}:${sipPort}`,
    // An address is accepted where an interface's name is expected; the name of the loopback is not found.
    `net_interface ${host}`,
    `call_max_calls ${maxCalls}`,
    'call_local_timeout 3600',
    'call_hold_other_calls no',
    `audio_player aufile,${insideFolder}/${speakerFile}`,
    // ausine makes 48 kHz only; baresip resamples to the codec's rate.
    `audio_source ausine,${tone}`,
    'audio_alert aufile,/dev/null',
    // Nor does it ring aloud: a ring tone that ends as soon as it has begun, because one answers at once, ends baresip
    // (write_thread outlives its state, baresip 1.1 modules/aufile/aufile_play.c). Where there are no sounds, none is played.
    'audio_path /nowhere',
    'ausrc_srate 48000',
    'ausrc_channels 1',
    'auplay_srate 8000',
    'auplay_channels 1',
    'audio_txmode poll',
    'audio_buffer 40-200',
    'jitter_buffer_type off',
    'rtp_ports 42000-47998',
    'ringback_disabled yes',
    'statmode_default off',
    `ctrl_tcp_listen ${host}:${controlPort}`,
    'module_path /usr/lib/baresip/modules',
    ...[...modules, 'ausine', 'aufile'].map((name) => `module ${name}.so`),
    'module_tmp account.so',
    'module_app menu.so',
    'module_app ctrl_tcp.so',
    '',
  ].join('\n');
};

/** One party that baresip speaks for. */
export interface Account {
  readonly user: string;
  readonly displayName?: string;
  /** Where it belongs: the registrar or the trunk. */
  readonly host: string;
  readonly port: number;
  /** Present for a phone that registers. */
  readonly password?: string;
  readonly codecs: readonly Codec[];
  /** Answers by itself so long after the first ring; undefined waits for a command. */
  readonly answerAfterMs?: number;
}

/** Something that baresip's syntax cannot carry; raw SIP is SIPp's work. */
export class NotSayable extends TypeError {
  override readonly name = 'NotSayable';
}

/** The address by which baresip knows an account. */
export const accountUri = ({ user, host, port }: Account): string => `sip:${escapeUser(user)}@${host}:${port}`;

/**
 * The line that makes an account, for the `uanew` command.
 * @throws NotSayable for a display name or password with characters that would end it, or an empty user.
 */
export const accountLine = (account: Account): string => {
  const { displayName, password, codecs, answerAfterMs } = account;
  if (account.user === '') throw new NotSayable('an account needs a user part');
  if (displayName !== undefined && /["<>\\\p{Cc}]/u.test(displayName))
    throw new NotSayable(`baresip cannot send this display name: ${JSON.stringify(displayName)}`);
  if (password !== undefined && !/^[^\s;"<>\\]+$/.test(password))
    throw new NotSayable('baresip cannot hold a password with spaces, quotes, brackets or semicolons');
  return [
    `${displayName ? `"${displayName}" ` : ''}<${accountUri(account)}>`,
    ...(password === undefined ? ['regint=0'] : [`auth_pass=${password}`, 'regint=120']),
    ...(answerAfterMs === undefined
      ? ['answermode=manual']
      : ['answermode=auto', `answerdelay=${Math.round(answerAfterMs)}`]),
    'dtmfmode=rtpevent',
    'mwi=no',
    `audio_codecs=${codecs.map((codec) => codecNames[codec]).join(',')}`,
  ].join(';');
};

const codecNames: Readonly<Record<Codec, string>> = {
  pcmu: 'PCMU/8000/1',
  pcma: 'PCMA/8000/1',
  g722: 'G722/16000/1',
  opus: 'opus/48000/2',
};

/** What RFC 3261 §25.1 lets stand in a user part stays; the rest is percent-encoded. */
export const escapeUser = (user: string): string =>
  user.replace(/[^A-Za-z0-9\-_.!~*'()&=+$,]/gu, (character) =>
    [...Buffer.from(character)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );
