import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';

export const homeVariables = {
  CORDBOARD_HOME: z.string().optional(),
  XDG_CACHE_HOME: z.string().optional(),
  HOME: z.string().optional(),
};

/** The folder of everything. */
export const homeOf = (
  read: {
    readonly [Name in keyof typeof homeVariables]?: string | undefined;
  },
): string =>
  resolve(read.CORDBOARD_HOME ?? join(read.XDG_CACHE_HOME ?? join(read.HOME ?? homedir(), '.cache'), 'cordboard'));
