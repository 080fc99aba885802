import { connectRedis, createExchangeStore, whenReady } from '@cordboard/redis';
import { Floor } from '@cordboard/testkit';

/** A process that commits one change after another, and is gone in the very moment in which the last is handed over. */
const [url = '', count = '1'] = process.argv.slice(2);
const redis = connectRedis(url, { name: 'committer' });
await whenReady(redis, 5000);
const store = createExchangeStore(redis);
// The first one teaches Redis the script.
const floor = new Floor();
await store.commit({ calls: [], ended: [], agents: [], facts: floor.facts.slice(0, 1) });
for (let index = 0; index < Number(count); index += 1) {
  const id = floor.arrive('+33170000011');
  void store.commit({ calls: [floor.call(id)], ended: [], agents: [], facts: [] });
}
process.kill(process.pid, 'SIGKILL');
