/** What one check found. */
export interface Finding {
  /** What was looked at. */
  readonly what: string;
  readonly state: 'fine' | 'warning' | 'broken';
  /** What was seen, and for anything but `fine` what to do about it. */
  readonly says: string;
}

export const fine = (what: string, says: string): Finding => ({ what, state: 'fine', says });
export const warning = (what: string, says: string): Finding => ({ what, state: 'warning', says });
export const broken = (what: string, says: string): Finding => ({ what, state: 'broken', says });

const marks = { fine: '✓', warning: '!', broken: '✗' } as const satisfies Record<Finding['state'], string>;

/** One line for a person. */
export const findingLine = ({ what, state, says }: Finding): string => `  ${marks[state]} ${what.padEnd(20)} ${says}`;

/** A check that throws an error for people has found just that. */
export const attempt = async (what: string, check: () => Promise<Finding>): Promise<Finding> => {
  try {
    return await check();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return broken(what, error.message);
  }
};
