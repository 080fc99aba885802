import { readConfiguration } from '@cordboard/configuration';
import type { Command } from '../command.ts';
import { type Finding, findingLine, fine } from '../doctor/finding.ts';
import { checkBuild, checkHome, checkHostname, checkNode, checkRoot } from '../doctor/machine.ts';
import { checkPorts } from '../doctor/ports.ts';
import { runningWith } from '../doctor/running.ts';
import { checkApplications, checkServers } from '../doctor/services.ts';

/** Looks at everything, and says what to do about what is wrong. */
export const doctor: Command = {
  name: 'doctor',
  summary: 'say what is installed, reachable and misconfigured, and what to do about each',
  async run({ environment }) {
    const configuration = readConfiguration(environment);
    const { home, databaseUrl, redisUrl, ari } = configuration;
    const findings: Finding[] = [];
    const found = (finding: Finding): void => {
      findings.push(finding);
      console.log(findingLine(finding));
    };
    found(checkNode(process.versions.node));
    found(await checkBuild());
    found(await checkHome(home));
    const running = await runningWith(home);
    found(fine('Installation', running === undefined ? 'not running' : `running (process ${running})`));
    if ([databaseUrl, redisUrl, ari].includes(undefined)) found(await checkRoot(home));
    found(await checkHostname());
    if (running === undefined) found(await checkPorts(configuration));
    for (const finding of await checkServers(configuration, running !== undefined)) found(finding);
    found(await checkApplications(configuration, running !== undefined));

    const broken = findings.filter(({ state }) => state === 'broken').length;
    console.log(broken === 0 ? '\nNothing is broken.' : `\n${broken} broken: see above what to do about each.`);
    return broken === 0 ? 0 : 1;
  },
};
