import { z } from "zod";

const ofStream = {
  /** The key of the command that asked for it, by which the carrier's socket and our room know it. */
  key: z.string(),
  /** Which stream of the call it is: 1, 2, 3 … */
  n: z.int().positive(),
  /** How many streams in a row were lost, or never came. */
  failures: z.int().min(0),
  /** When its first frame was taken from the line, by the carrier's clock; null until the notice that says so. */
  startedAt: z.string().nullable(),
};

/**
 * The call's sound on its way to us. `opening`: asked of the carrier, whose socket has not come yet; `lost`: another one will
 * be asked for at `retryAt`, unless the socket of this one comes late.
 */
export const Stream = z.discriminatedUnion("phase", [
  z.object({
    phase: z.literal("opening"),
    ...ofStream,
    askedAt: z.string(),
    /** When the carrier took the command, from which on its socket is awaited. */
    acceptedAt: z.string().nullable(),
  }),
  z.object({ phase: z.literal("open"), ...ofStream, openedAt: z.string() }),
  z.object({ phase: z.literal("lost"), ...ofStream, retryAt: z.string() }),
]);
export type Stream = z.infer<typeof Stream>;

/** An accepted stream is connected within a second; after this its socket is taken as never coming. */
const SOCKET_AWAITED_MS = 10_000;
/** A command has its last word long before; this is the net below it. */
const WORD_AWAITED_MS = 60_000;
/** A stream that lasted so long shows that streaming works: after it the count of failures begins anew. */
const STEADY_MS = 10_000;
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 10_000;
/** After so many in a row, some three minutes, streaming is broken for longer: it is asked for less often. */
const MANY_FAILURES = 20;
const RETRY_AFTER_MANY_MS = 60_000;

/** When a stream is given up or asked for again, if nothing is heard of it; null while it is open. */
export function streamDueAt(stream: Stream): string | null {
  switch (stream.phase) {
    case "opening":
      return stream.acceptedAt === null
        ? laterThan(stream.askedAt, WORD_AWAITED_MS)
        : laterThan(stream.acceptedAt, SOCKET_AWAITED_MS);
    case "open":
      return null;
    case "lost":
      return stream.retryAt;
  }
}

/** The stream after its loss at `at`: each loss in a row makes the wait for the next one longer. */
export function lostStream(stream: Exclude<Stream, { phase: "lost" }>, at: string): Stream {
  const isSteady = stream.phase === "open" && Date.parse(at) - Date.parse(stream.openedAt) >= STEADY_MS;
  const failures = isSteady ? 0 : stream.failures;
  const waitMs =
    failures < MANY_FAILURES ? Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures) : RETRY_AFTER_MANY_MS;
  const { key, n, startedAt } = stream;
  return { phase: "lost", key, n, startedAt, failures: failures + 1, retryAt: laterThan(at, waitMs) };
}

function laterThan(at: string, ms: number): string {
  return new Date(Date.parse(at) + ms).toISOString();
}
