/** Tells a person what is being done, and how long each step took. */
export interface Progress {
  /** Does one step, and says so when it is done. Lines that it reports meanwhile stand below one another before it. */
  step<Result>(name: string, work: (report: (line: string) => void) => Promise<Result>): Promise<Result>;
  /** One line between the steps. */
  say(line: string): void;
  /** Since the beginning. */
  elapsedMs(): number;
}

/** Progress on standard output. */
export const showProgress = (print: (line: string) => void = console.log): Progress => {
  const beganAt = Date.now();
  return {
    async step(name, work) {
      const since = Date.now();
      const result = await work((line) => print(`    ${line}`));
      print(`  ✓ ${name.padEnd(24)} ${seconds(Date.now() - since).padStart(8)}`);
      return result;
    },
    say: (line) => print(line),
    elapsedMs: () => Date.now() - beganAt,
  };
};

/** A duration for people: tenths of a second. */
export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
