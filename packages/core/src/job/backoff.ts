/**
 * How long to wait before the attempt after number `attempt` (1 for the first): exponential with full jitter, so that many
 * that failed together do not come back together. https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function backoffMs(attempt: number, policy: { baseMs: number; capMs: number }, random: () => number): number {
  // 2^30 is past any cap; a larger exponent would leave the range of exact integers.
  const ceiling = Math.min(policy.capMs, policy.baseMs * 2 ** Math.min(attempt - 1, 30));
  return Math.round(random() * ceiling);
}
