const two = (value: number) => String(value).padStart(2, "0");

/** A position or a length as hours, minutes and seconds: `1:02:05`, or `2:05` below an hour. */
export function clockText(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const rest = `${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${two(minutes % 60)}:${rest}` : `${minutes}:${rest}`;
}

/** A length that is a term of a sum, to the millisecond, so that the sum is seen to be true: `20.446 s`. */
export function secondsText(ms: number): string {
  return `${(ms / 1000).toFixed(3)} s`;
}

/** A position as subtitles have it: `01:02:05` and the milliseconds after `mark`. */
export function cueTime(ms: number, mark: "," | "."): string {
  const seconds = Math.floor(ms / 1000);
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(":");
  return `${clock}${mark}${String(ms % 1000).padStart(3, "0")}`;
}
