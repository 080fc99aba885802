/** The levels, as our own loggers write them, that a person at the terminal should see. */
const told: readonly unknown[] = ['warn', 'error', 'fatal'];

/**
 * What of a process's log line a person at the terminal should see: warnings and errors as a sentence, and whatever is
 * not in the log's form (a stack, say); undefined for the rest.
 */
export const toldToPeople = (line: string): string | undefined => {
  if (line.trim() === '') return undefined;
  const entry = parsed(line);
  if (entry === undefined) return line;
  if (!told.includes(entry.level)) return undefined;
  const error = entry.err as { message?: unknown } | undefined;
  const cause = typeof error?.message === 'string' ? `: ${error.message}` : '';
  return `${typeof entry.msg === 'string' ? entry.msg : 'a warning without words'}${cause}`;
};

const parsed = (line: string): Record<string, unknown> | undefined => {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
};
