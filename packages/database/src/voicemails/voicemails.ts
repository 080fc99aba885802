import { type CallId, type Instant, instant, type Language, type RecordingId } from '@cordboard/core';
import type { PrismaConnection } from '../client.ts';
import type { Prisma } from '../generated/client.ts';

/** A message that a caller has left. */
export interface Voicemail {
  /** The recording's name. */
  readonly id: RecordingId;
  /** An extension, a queue, or a name that a flow gives. */
  readonly box: string;
  readonly call: CallId;
  /** The caller's number, as shown. */
  readonly caller: string;
  readonly callerName: string;
  readonly language: Language;
  readonly leftAt: Instant;
  readonly durationMs: number;
  readonly heard: boolean;
}

/** How many messages a box holds. */
export interface BoxCount {
  readonly box: string;
  readonly unheard: number;
  readonly heard: number;
}

/** The messages that callers have left. What is deleted is not seen any more; its sound is erased afterwards. */
export interface Voicemails {
  /** Kept twice it is there once, and does not come back when it has been deleted meanwhile. */
  keep(message: Omit<Voicemail, 'heard'> & { readonly file: string }): Promise<void>;
  /** Whether it is kept, or has been deleted since. */
  isKnown(id: RecordingId): Promise<boolean>;
  byId(id: string): Promise<Voicemail | undefined>;
  /** Newest first, from the newest or behind `after`. */
  list(page: VoicemailPage): Promise<{ readonly messages: readonly Voicemail[]; readonly next: string | null }>;
  /** @returns whether there is such a message */
  setHeard(id: string, heard: boolean): Promise<boolean>;
  /** @returns whether there was such a message */
  remove(id: string): Promise<boolean>;
  /** Deletes those that were left before. @returns how many */
  removeLeftBefore(moment: Instant): Promise<number>;
  /** Deleted messages whose sound is still there. */
  toErase(): Promise<readonly RecordingId[]>;
  erased(id: RecordingId): Promise<void>;
  counts(): Promise<readonly BoxCount[]>;
  /** Whether it waits to be sent by e-mail; not when it has been, or has been deleted. */
  isToMail(id: RecordingId): Promise<boolean>;
  mailed(id: RecordingId): Promise<void>;
}

export interface VoicemailPage {
  readonly limit: number;
  /** `next` of the page before. */
  readonly after?: string | undefined;
  /** These boxes alone; all when not given. */
  readonly boxes?: readonly string[] | undefined;
}

export const createVoicemails = ({ voicemail: table }: PrismaConnection): Voicemails => ({
  async keep({ call, leftAt, ...message }) {
    await table.createMany({
      data: [{ ...message, callId: call, leftAt: new Date(leftAt) }],
      skipDuplicates: true,
    });
  },
  isKnown: async (id) => (await table.count({ where: { id } })) > 0,
  async byId(id) {
    const row = await table.findFirst({ where: { id, deleted: false } });
    return row === null ? undefined : toVoicemail(row);
  },
  async list({ limit, after, boxes }) {
    const behind = after === undefined ? {} : pageAfter(after);
    if (behind === undefined) return { messages: [], next: null };
    const found = await table.findMany({
      where: { ...behind, deleted: false, ...(boxes === undefined ? {} : { box: { in: [...boxes] } }) },
      orderBy: [{ leftAt: 'desc' }, { id: 'desc' }],
      take: limit + 1,
    });
    const messages = found.slice(0, limit).map(toVoicemail);
    const last = messages.at(-1);
    return { messages, next: found.length > limit && last !== undefined ? `${last.leftAt}_${last.id}` : null };
  },
  async setHeard(id, heard) {
    const { count } = await table.updateMany({ where: { id, deleted: false }, data: { heard } });
    return count > 0;
  },
  async remove(id) {
    const { count } = await table.updateMany({ where: { id, deleted: false }, data: nobodys });
    return count > 0;
  },
  async removeLeftBefore(moment) {
    const { count } = await table.updateMany({
      where: { leftAt: { lt: new Date(moment) }, deleted: false },
      data: nobodys,
    });
    return count;
  },
  async toErase() {
    const rows = await table.findMany({ where: { deleted: true, file: { not: null } }, select: { id: true } });
    return rows.map(({ id }) => id as RecordingId);
  },
  async erased(id) {
    await table.updateMany({ where: { id, deleted: true }, data: { file: null } });
  },
  async counts() {
    const rows = await table.groupBy({ by: ['box', 'heard'], where: { deleted: false }, _count: true });
    const counts = new Map<string, BoxCount>();
    for (const { box, heard, _count } of rows) {
      const known = counts.get(box) ?? { box, unheard: 0, heard: 0 };
      counts.set(box, { ...known, [heard ? 'heard' : 'unheard']: _count });
    }
    return [...counts.values()];
  },
  isToMail: async (id) => (await table.count({ where: { id, deleted: false, mailedAt: null } })) > 0,
  async mailed(id) {
    await table.updateMany({ where: { id }, data: { mailedAt: new Date() } });
  },
});

/** What stays of a message that is deleted. */
const nobodys = { deleted: true, caller: '', callerName: '' };

/** All that come after a place. @returns undefined when no list gave out such a place. */
const pageAfter = (place: string): Prisma.VoicemailWhereInput | undefined => {
  const [, ms, id] = /^(\d{1,15})_(.+)$/.exec(place) ?? [];
  if (ms === undefined || id === undefined) return undefined;
  const at = new Date(Number(ms));
  return { leftAt: { lte: at }, OR: [{ leftAt: { lt: at } }, { id: { lt: id } }] };
};

interface Row {
  readonly id: string;
  readonly box: string;
  readonly callId: string;
  readonly caller: string;
  readonly callerName: string;
  readonly language: string;
  readonly leftAt: Date;
  readonly durationMs: number;
  readonly heard: boolean;
}

const toVoicemail = ({ id, box, callId, caller, callerName, language, leftAt, durationMs, heard }: Row): Voicemail => ({
  id: id as RecordingId,
  box,
  call: callId as CallId,
  caller,
  callerName,
  language: language as Language,
  leftAt: instant(leftAt.getTime()),
  durationMs,
  heard,
});
