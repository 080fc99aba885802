import { connectAsterisk } from '@cordboard/ari';
import type { Instant } from '@cordboard/core';

/** A process that connects to Asterisk, asks something, closes, says so, and has nothing more to do. */
const [transport = 'auto', access = '{}'] = process.argv.slice(2);
const asterisk = await connectAsterisk({
  ...JSON.parse(access),
  app: `closer-${transport}`,
  // It is about the end, not about how quick a busy machine is.
  timeoutMs: 20_000,
  transport: transport as 'websocket' | 'ari-client',
  now: () => Date.now() as Instant,
});
await new Promise<void>((resolve) => {
  asterisk.telephony.onEvent((event) => event.type === 'Connected' && resolve());
});
await asterisk.telephony.snapshot();
await asterisk.close();
process.stdout.write('has closed\n');
