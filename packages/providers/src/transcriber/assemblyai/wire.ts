import { z } from "zod";

/** What we read of the vendor's answers; all else is ignored, because fields are added often. */
const Word = z.object({
  text: z.string(),
  start: z.number(),
  end: z.number(),
  confidence: z.number(),
  speaker: z.string().nullish(),
  channel: z.string().nullish(),
});

export const WireUtterance = Word.extend({ words: z.array(Word) });
export type WireUtterance = z.infer<typeof WireUtterance>;
export type WireWord = z.infer<typeof Word>;

export const WireTranscript = z.object({
  id: z.string(),
  status: z.enum(["queued", "processing", "completed", "error"]),
  error: z.string().nullish(),
  confidence: z.number().nullish(),
  /** Seconds, while words count in milliseconds. */
  audio_duration: z.number().nullish(),
  language_code: z.string().nullish(),
  words: z.array(Word).nullish(),
  utterances: z.array(WireUtterance).nullish(),
});
export type WireTranscript = z.infer<typeof WireTranscript>;

export const WireSubmitted = z.object({ id: z.string() });
/** Newest first. */
export const WireList = z.object({
  transcripts: z.array(
    z.object({
      id: z.string(),
      status: z.string(),
      /** Without a zone. */
      created: z.iso.datetime({ local: true }),
      audio_url: z.string().nullish(),
    }),
  ),
});
export const WireError = z.object({ error: z.string() });
