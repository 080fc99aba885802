/** When somebody is there. The later lines win: a switch over an exception, an exception over a holiday, that over the week. */
export interface Calendar {
  readonly timeZone: string;
  readonly open: readonly OpenPeriod[];
  /** Local dates, `2026-12-25`, on which nothing is open. */
  readonly holidays: readonly string[];
  /** Openings on one date alone, in place of what the week or a holiday says of it. */
  readonly exceptions: readonly ExceptionalOpening[];
  /** The switch that closes this calendar while it is on: night service. */
  readonly closedBy?: string;
}

/** Local wall-clock times, `09:00` to `18:00`; `24:00` is the day's end. Days as ISO 8601: Monday 1 … Sunday 7. */
export interface OpenPeriod {
  readonly days: readonly number[];
  readonly from: string;
  readonly to: string;
}

/** A local date and the hours of that day; several lines may stand for one date. */
export interface ExceptionalOpening {
  readonly date: string;
  readonly from: string;
  readonly to: string;
}
