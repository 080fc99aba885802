import { readConfiguration } from '@cordboard/configuration';
import { ensureMedia, ensureRoot, startServers } from '@cordboard/embedded';

/** A process that starts the servers in a folder, says so, and waits to be killed. */
const [folder = '', ports = '{}'] = process.argv.slice(2);
const { home } = readConfiguration(process.env);
const report = () => undefined;
const root = await ensureRoot({ home, report });
const media = await ensureMedia({ root, home, report });
await startServers({ root, media, folder, ports: JSON.parse(ports), durable: false });
process.stdout.write('up\n');
setInterval(() => undefined, 60_000);
