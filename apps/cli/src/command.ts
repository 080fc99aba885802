import type { Environment } from '@cordboard/configuration';

/** One word after `cordboard`. Each command is a file of this folder's `commands`. */
export interface Command {
  readonly name: string;
  /** What it does, in the list of commands. */
  readonly summary: string;
  /**
   * Does it.
   * @returns the exit code.
   */
  run(invocation: Invocation): Promise<number>;
}

/** How a command was called. */
export interface Invocation {
  /** What follows the command's name. */
  readonly args: readonly string[];
  readonly environment: Environment;
}
