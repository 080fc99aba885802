import { ConfigurationError } from '@cordboard/configuration';
import { PolicyMissing } from '@cordboard/core';
import { StartFailed } from '@cordboard/embedded';
import type { Command } from './command.ts';
import { demo } from './commands/demo.ts';
import { doctor } from './commands/doctor.ts';
import { exportDay } from './commands/export-day.ts';
import { selftest } from './commands/selftest.ts';
import { simulate } from './commands/simulate.ts';
import { start } from './commands/start.ts';
import { DemoRefused } from './demo/options.ts';
import { becomeInvoker } from './elevation.ts';
import { DayUnreadable } from './simulate/day-lines.ts';
import { SimulationRefused } from './simulate/options.ts';
import { PolicyRefused } from './simulate/policy-file.ts';

const commands: readonly Command[] = [start, demo, doctor, selftest, simulate, exportDay];

const usage = (): string =>
  ['Usage: cordboard <command>', '', ...commands.map(({ name, summary }) => `  ${name.padEnd(10)} ${summary}`)].join(
    '\n',
  );

/** Errors whose message was written for a person: a stack says nothing more. */
const forPeople: readonly string[] = [
  ConfigurationError.name,
  StartFailed.name,
  DemoRefused.name,
  'DatabaseUnavailable',
  'MigrationRefused',
  'PolicyUnreadable',
  'RedisUnavailable',
  DayUnreadable.name,
  PolicyMissing.name,
  PolicyRefused.name,
  SimulationRefused.name,
];

becomeInvoker(process.env);
const [name = 'help', ...args] = process.argv.slice(2);
const command = commands.find((each) => each.name === name);
if (command === undefined) {
  const asked = ['help', '--help', '-h'].includes(name);
  console[asked ? 'log' : 'error'](asked ? usage() : `There is no command "${name}".\n\n${usage()}`);
  process.exitCode = asked ? 0 : 1;
} else {
  try {
    process.exit(await command.run({ args, environment: process.env }));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    console.error(forPeople.includes(error.name) ? `\n${error.message}` : error);
    process.exit(1);
  }
}
