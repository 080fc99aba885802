import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readConfiguration } from '@cordboard/configuration';
import { ensureRoot, ensureSecrets, StartFailed, serverEnvironment } from '@cordboard/embedded';
import { openClosing } from '../closing.ts';
import type { Command } from '../command.ts';
import { runningWith } from '../doctor/running.ts';
import { needsElevation, throughSudo } from '../elevation.ts';
import { HopFailed, hopLine, Walk } from '../selftest/hop.ts';
import { runSelftest } from '../selftest/run-selftest.ts';
import { pagesUrl, visitedHost } from '../wait-for-api.ts';

/** One real call through the running system, hop by hop. */
export const selftest: Command = {
  name: 'selftest',
  summary: 'place one call through the running system, and say how each part of its way does',
  async run({ environment }) {
    const configuration = readConfiguration(environment);
    if (needsElevation(configuration)) return throughSudo(environment);
    const { home, host, ports, databaseUrl, redisUrl, ari, app } = configuration;
    if ((await runningWith(home)) === undefined)
      throw new StartFailed('Nothing runs with this folder: start Cordboard with npm start, then test it.');
    if (ari !== undefined)
      throw new StartFailed('The phones of the self-test need the embedded Asterisk: unset ARI_URL.');
    const closing = openClosing();
    const walk = new Walk((hop) => console.log(hopLine(hop)));
    try {
      const servers = serverEnvironment({
        secrets: await ensureSecrets(join(home, 'data')),
        ports,
        external: { databaseUrl, redisUrl, ari },
        app,
      });
      const { spawn } = await ensureRoot({ home, report: () => undefined });
      const folder = await mkdtemp(join(home, 'data', 'selftest-'));
      closing.add(() => rm(folder, { recursive: true, force: true }));
      await runSelftest(
        {
          url: pagesUrl(host, ports.http),
          databaseUrl: servers.DATABASE_URL,
          redisUrl: servers.REDIS_URL,
          sip: { host: visitedHost(host), port: ports.sip },
          spawn,
          folder,
          closing,
        },
        walk,
      );
    } catch (error) {
      if (!(error instanceof HopFailed)) throw error;
    } finally {
      await closing.close();
    }
    const took = Math.round(walk.hops.reduce((sum, { tookMs }) => sum + tookMs, 0));
    console.log(
      walk.isGreen ? `\nEvery hop is green, in ${took} ms.` : '\nRed: see above which hop failed, and what to do.',
    );
    return walk.isGreen ? 0 : 1;
  },
};
