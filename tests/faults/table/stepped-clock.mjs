// Loaded before an application (`node --import`): SIGUSR2 steps its wall clock an hour ahead, the next one back again, as
// an NTP step does. The monotonic clock and the timers that go by it are not touched, nor are they by the kernel.
const stepMs = 3_600_000;
const RealDate = globalThis.Date;
let offsetMs = 0;

class SteppedDate extends RealDate {
  constructor(...args) {
    if (args.length === 0) super(RealDate.now() + offsetMs);
    else super(...args);
  }
  static now() {
    return RealDate.now() + offsetMs;
  }
}
globalThis.Date = SteppedDate;
process.on('SIGUSR2', () => {
  offsetMs = offsetMs === 0 ? stepMs : 0;
});
