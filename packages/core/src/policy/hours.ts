import type { Instant } from '../time.ts';
import type { Calendar } from './calendar.ts';

/** Whether a calendar is open at a moment, and why, in words. */
export const openAt = (
  calendar: Calendar,
  at: Instant,
  isOn: (id: string) => boolean = () => false,
): { readonly open: boolean; readonly because: string } => {
  if (calendar.closedBy !== undefined && isOn(calendar.closedBy))
    return { open: false, because: `closed: the switch "${calendar.closedBy}" is on` };
  const local = localTime(calendar.timeZone, at);
  const exceptions = calendar.exceptions.filter(({ date }) => date === local.date);
  if (exceptions.length > 0) {
    const exception = exceptions.find(({ from, to }) => from <= local.clock && local.clock < to);
    return exception === undefined
      ? { open: false, because: `closed: on ${local.date}, ${local.clock} is outside the hours of that day` }
      : { open: true, because: `open: on ${local.date} from ${exception.from} to ${exception.to}` };
  }
  if (calendar.holidays.includes(local.date)) return { open: false, because: `closed: ${local.date} is a holiday` };
  const period = calendar.open.find(
    ({ days, from, to }) => days.includes(local.day) && from <= local.clock && local.clock < to,
  );
  return period === undefined
    ? { open: false, because: `closed: day ${local.day}, ${local.clock} local time` }
    : { open: true, because: `open: day ${local.day}, ${local.clock} is between ${period.from} and ${period.to}` };
};

export interface LocalTime {
  /** `2026-12-25` */
  readonly date: string;
  /** Monday 1 … Sunday 7 (ISO 8601). */
  readonly day: number;
  /** `18:05` */
  readonly clock: string;
}

/** The wall clock of a time zone. Daylight saving is the time-zone database's business. */
export const localTime = (timeZone: string, at: Instant): LocalTime => {
  const minute = Math.floor(at / minuteMs);
  const last = lastAsked.get(timeZone);
  if (last?.minute === minute) return last.local;
  const local = readClock(timeZone, at);
  lastAsked.set(timeZone, { minute, local });
  return local;
};

/** Asked many times a second, it is mostly the same: clocks differ from UTC by whole minutes, everywhere since 1972. */
const lastAsked = new Map<string, { readonly minute: number; readonly local: LocalTime }>();
const minuteMs = 60_000;

const readClock = (timeZone: string, at: Instant): LocalTime => {
  const parts = Object.fromEntries(
    formatFor(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  return {
    date: `${parts.year}-${parts.month}-${parts.day}`,
    day: weekdays.indexOf(parts.weekday ?? '') + 1,
    clock: `${parts.hour}:${parts.minute}`,
  };
};

/** The week of a local date by ISO 8601: `2026-W48`. The week that holds the year's first Thursday is the first. */
export const weekOf = (date: string): string => {
  const day = new Date(`${date}T00:00:00Z`);
  const thursday = new Date(day.getTime() + (4 - (day.getUTCDay() || 7)) * dayMs);
  const year = thursday.getUTCFullYear();
  const week = 1 + Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * dayMs));
  return `${year}-W${String(week).padStart(2, '0')}`;
};

const dayMs = 86_400_000;

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Making a formatter costs about fifty times what using it does. */
const formats = new Map<string, Intl.DateTimeFormat>();
const formatFor = (timeZone: string): Intl.DateTimeFormat => {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  formats.set(timeZone, made);
  return made;
};
