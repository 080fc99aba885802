/** A desk phone that registers by its extension and a password. */
export interface WantedPhone {
  readonly extension: string;
  readonly name: string;
  readonly password: string;
}

/** A carrier: known by the addresses that its calls come from, or by a registration with it, or both. */
export interface WantedTrunk {
  readonly id: string;
  readonly name: string;
  /** Addresses and CIDR blocks, or names of hosts. */
  readonly addresses: readonly string[];
  /** Where the carrier is: `sip.example.net` or `sip.example.net:5060`. */
  readonly server?: string;
  readonly registration?: { readonly username: string; readonly password: string };
}

/** A number, and whom its callers reach while nobody controls calls: one round of phones after another. */
export interface WantedAlone {
  /** Digits alone, without 00. */
  readonly number: string;
  readonly language: string;
  readonly rounds: readonly { readonly extensions: readonly string[]; readonly forMs: number }[];
}

/** All that Asterisk has to know beside its static configuration. */
export interface WantedConfiguration {
  readonly phones: readonly WantedPhone[];
  readonly trunks: readonly WantedTrunk[];
  /** Whom the dialplan rings by itself, while nobody controls calls. */
  readonly fallback: readonly string[];
  /** What the dialplan does by itself with calls to each number; those not named ring the fallback. */
  readonly alone?: readonly WantedAlone[];
  /** Of what the dialplan says by itself: the apology; that of `defaultlanguage` in asterisk.conf when absent. */
  readonly language?: string;
}
