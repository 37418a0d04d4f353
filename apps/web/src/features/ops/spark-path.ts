/** Room for the line's own width, above and below. */
const MARGIN = 2;

/** The path of a line through counts, from left to right, that fills `width` and `height`; nothing done lies at the foot. */
export function sparkPath(counts: readonly number[], width: number, height: number): string {
  const most = Math.max(1, ...counts);
  const step = counts.length > 1 ? width / (counts.length - 1) : 0;
  const points = counts.map((count, i) => {
    const y = height - MARGIN - (count / most) * (height - 2 * MARGIN);
    return `${round(i * step)} ${round(y)}`;
  });
  return points.length === 0 ? "" : `M${points.join("L")}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
