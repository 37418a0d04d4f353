import { Cron } from "croner";

/**
 * Fires each cron expression when it is due (in UTC), which the platform does and the local runtime does not.
 * A run that is still going when the next is due makes that one be left out. Returns what stops it.
 */
export function startCronTimer(
  expressions: readonly string[],
  fire: (expression: string) => Promise<void>,
  onError: (expression: string, error: unknown) => void,
): () => void {
  const timers = expressions.map(
    (expression) =>
      new Cron(
        expression,
        { timezone: "UTC", protect: true, catch: (error: unknown) => onError(expression, error) },
        () => fire(expression),
      ),
  );
  return () => {
    for (const timer of timers) timer.stop();
  };
}
