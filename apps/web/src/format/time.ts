import { displayLocale } from "./locale.ts";

export interface TimeOptions {
  locale?: string;
  /** IANA name; the person's own zone when it is left out. */
  timeZone?: string | undefined;
}

/** A length or a position in audio as `m:ss` or `h:mm:ss`, cut to the second, or to the tenth with `tenths`. */
export function clock(ms: number, { tenths = false }: { tenths?: boolean } = {}): string {
  const whole = Math.max(0, Math.floor(ms / 100));
  const [hours, minutes, seconds] = [
    Math.floor(whole / 36_000),
    Math.floor(whole / 600) % 60,
    Math.floor(whole / 10) % 60,
  ];
  const pair = (part: number) => String(part).padStart(2, "0");
  const head = hours > 0 ? `${hours}:${pair(minutes)}` : String(minutes);
  return `${head}:${pair(seconds)}${tenths ? `.${whole % 10}` : ""}`;
}

/** A number of milliseconds as seconds with one decimal, `141.0 s`, the two never parted by a line break. */
export function seconds(ms: number, { locale = displayLocale() }: TimeOptions = {}): string {
  const digits = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  // Rounding first keeps a tiny negative number from being written as "-0.0".
  return `${digits.format(Math.round(ms / 100) / 10 + 0)}\u00a0s`;
}

/** How long something took: milliseconds below a second, then seconds, then a clock. */
export function took(ms: number, options: TimeOptions = {}): string {
  if (ms < 1_000) return `${Math.round(ms)}\u00a0ms`;
  return ms < 60_000 ? seconds(ms, options) : clock(ms);
}

/** `09:14`, in the person's zone and their own twelve or twenty-four hours. */
export function timeOfDay(instant: string, options: TimeOptions = {}): string {
  return format(instant, { hour: "2-digit", minute: "2-digit" }, options);
}

/** `09:14:02`, where less than a minute counts. */
export function timeWithSeconds(instant: string, options: TimeOptions = {}): string {
  return format(instant, { hour: "2-digit", minute: "2-digit", second: "2-digit" }, options);
}

/** `Thu 19 Nov, 09:14`; with the year when it is not this one. */
export function dayAndTime(instant: string, now: Date, options: TimeOptions = {}): string {
  const sameYear = format(instant, { year: "numeric" }, options) === format(now, { year: "numeric" }, options);
  const day: Intl.DateTimeFormatOptions = { weekday: "short", day: "numeric", month: "short" };
  return `${format(instant, sameYear ? day : { ...day, year: "numeric" }, options)}, ${timeOfDay(instant, options)}`;
}

/** `19 Nov 2026`. */
export function dayOf(instant: string, options: TimeOptions = {}): string {
  return format(instant, { day: "numeric", month: "short", year: "numeric" }, options);
}

/** `09:14:02.118`, for the lines of what happened. */
export function timeWithMs(instant: string, options: TimeOptions = {}): string {
  return format(
    instant,
    { hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3, hourCycle: "h23" },
    options,
  );
}

/** The exact instant with its zone, for the hover of every shortened one: `2026-11-19 09:14:02.118 CST`. */
export function exactInstant(instant: string, options: TimeOptions = {}): string {
  const zone = new Intl.DateTimeFormat(options.locale ?? displayLocale(), {
    timeZone: options.timeZone,
    timeZoneName: "short",
  })
    .formatToParts(new Date(instant))
    .find((part) => part.type === "timeZoneName")?.value;
  return `${localDay(instant, options)} ${timeWithMs(instant, options)} ${zone ?? ""}`.trimEnd();
}

/** The calendar day of an instant in the person's zone, `YYYY-MM-DD`; it compares and sorts as text. */
export function localDay(instant: string | Date, { timeZone }: TimeOptions = {}): string {
  // Sweden writes dates as ISO 8601 does.
  return new Intl.DateTimeFormat("sv-SE", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }).format(
    new Date(instant),
  );
}

/** The heading of a day in the list: `Today, Thursday 19 November`, `Yesterday`, then the day; a past year is named. */
export function dayHeading(instant: string, now: Date, options: TimeOptions = {}): string {
  const day = localDay(instant, options);
  const today = localDay(now, options);
  const parts: Intl.DateTimeFormatOptions = { weekday: "long", day: "numeric", month: "long" };
  const written = format(
    instant,
    day.slice(0, 4) === today.slice(0, 4) ? parts : { ...parts, year: "numeric" },
    options,
  );
  if (day === today) return `Today, ${written}`;
  return day === dayBefore(today) ? "Yesterday" : written;
}

/** The calendar day before `day`, free of zones and of the hours that a change of the clocks takes or gives. */
function dayBefore(day: string): string {
  const date = new Date(`${day}T12:00:00Z`);
  date.setUTCDate(date.getUTCDate() - 1);
  return date.toISOString().slice(0, 10);
}

function format(instant: string | Date, parts: Intl.DateTimeFormatOptions, { locale, timeZone }: TimeOptions): string {
  return new Intl.DateTimeFormat(locale ?? displayLocale(), { ...parts, timeZone }).format(new Date(instant));
}
