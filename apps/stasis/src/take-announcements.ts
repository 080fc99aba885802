import type { Announcements, CallControl } from '@cordboard/application';

export interface TakeAnnouncementsParts {
  readonly control: Pick<CallControl, 'policyPublished' | 'directoryChanged'>;
  readonly announcements: Announcements;
  readonly onFailure: (error: unknown) => void;
  /** Something that Asterisk itself must know of may have changed. */
  readonly onProvisioning: () => void;
  /** Callers' messages have changed. */
  readonly onMessages: () => void;
}

/**
 * Gives call control the rules and the people, now and whenever they change. One reading at a time, so that an older
 * document never comes after a newer one. What could not be read is read when Redis is back: it tells of everything then.
 *
 * @returns how to stop.
 */
export const takeAnnouncements = async (parts: TakeAnnouncementsParts): Promise<() => void> => {
  const { control, announcements, onFailure, onProvisioning, onMessages } = parts;
  const take = {
    policy: async () => {
      const policy = await announcements.policy();
      if (policy !== undefined) control.policyPublished(policy, policy.moveWaiting);
    },
    directory: async () => {
      const directory = await announcements.directory();
      if (directory !== undefined) control.directoryChanged(directory);
    },
    provisioning: () => Promise.resolve(),
  } as const;
  let last: Promise<void> = Promise.resolve();
  const next = (what: keyof typeof take | 'messages'): void => {
    if (what === 'messages') onMessages();
    else last = last.then(take[what]).then(onProvisioning, onFailure);
  };
  const stop = announcements.onChange(next);
  next('policy');
  next('directory');
  await last;
  return stop;
};
