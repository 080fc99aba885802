import type { AgentId, Extension, SkillId } from '../ids.ts';
import type { Language } from './language.ts';

/** What a call can be to those who may or may not make it. Emergency numbers are none of these: everybody may. */
export const callClasses = ['internal', 'national', 'mobile', 'international', 'premium'] as const;
export type CallClass = (typeof callClasses)[number];

/** Who may call whom, over which trunks, and as whom. */
export interface Outbound {
  /** Whose numbers are dialled without a prefix: ISO 3166, as `FR`. */
  readonly country: string;
  /** The first that fits is taken. */
  readonly routes: readonly OutboundRoute[];
  readonly emergency: Emergency;
  readonly permissions: Permissions;
  /** How many calls a trunk carries at once, both ways, by its id; a trunk that is not named is not limited. */
  readonly channels: Readonly<Record<string, number>>;
  /** How long the other side may ring. */
  readonly ringForMs: number;
}

/** Always allowed, whoever dials, and by a way of their own. */
export interface Emergency {
  readonly numbers: readonly string[];
  readonly trunks: readonly string[];
  /** The number by which those who come find the house. */
  readonly callerId: string;
}

export interface OutboundRoute {
  readonly name: string;
  /** Beginnings of numbers in E.164: `+33`, `+336`; none: every number. */
  readonly to: readonly string[];
  /** While this calendar is open. */
  readonly calendar?: string;
  /** For calls in this language. */
  readonly language?: Language;
  /** For agents who can do all this. */
  readonly skills: Readonly<Record<SkillId, number>>;
  /** What the other side is shown. */
  readonly callerId: string;
  /** In the order in which they are tried. */
  readonly trunks: readonly string[];
}

/** Roles, and who has which. */
export interface Permissions {
  readonly roles: Readonly<Record<string, readonly CallClass[]>>;
  /** The role of who is not named below. */
  readonly everyone: string;
  readonly agents: Readonly<Record<AgentId, string>>;
  /** Of a phone at which no agent sits. */
  readonly phones: Readonly<Record<Extension, string>>;
}
