import { type Configuration, type Ports, portVariables } from '@cordboard/configuration';
import { requirePort } from '@cordboard/embedded';
import { attempt, type Finding, fine } from './finding.ts';

const loopback = '127.0.0.1';

/** The ports that a start would want; those of servers of one's own are not asked for. */
export const checkPorts = ({ host, ports, databaseUrl, redisUrl, ari }: Configuration): Promise<Finding> =>
  attempt('Ports', async () => {
    const all: readonly Wanted[] = [
      { name: 'The web server', at: host, key: 'http', wanted: true },
      { name: 'Redis', at: loopback, key: 'redis', wanted: redisUrl === undefined },
      { name: 'PostgreSQL', at: loopback, key: 'postgres', wanted: databaseUrl === undefined },
      { name: 'Asterisk (ARI)', at: loopback, key: 'ari', wanted: ari === undefined },
      { name: 'Asterisk (SIP)', at: host, key: 'sip', wanted: ari === undefined },
    ];
    const wanted = all.filter((each) => each.wanted);
    for (const { name, at, key } of wanted)
      await requirePort(name, at, ports[key], portVariables[key], key === 'sip' ? ['udp', 'tcp'] : ['tcp']);
    return fine('Ports', `${wanted.map(({ key }) => ports[key]).join(', ')} are free`);
  });

interface Wanted {
  readonly name: string;
  readonly at: string;
  readonly key: keyof Omit<Ports, 'rtp'>;
  readonly wanted: boolean;
}
