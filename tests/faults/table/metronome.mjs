// A thread that does nothing but wake every 10 ms, and tells how late it was woken when that was late enough to be heard.
import { parentPort } from 'node:worker_threads';

const everyMs = 10;
const heardMs = 20;
let due = Date.now() + everyMs;
setInterval(() => {
  const now = Date.now();
  if (now - due >= heardMs) parentPort?.postMessage({ from: due, to: now });
  due = now + everyMs;
}, everyMs);
