import { EarwitnessError, type UploadKind } from "@earwitness/shared";
import { MINUTE_MS } from "../durations.ts";

const MIB = 1024 * 1024;

interface KindRules {
  /** The types that are taken, each with the extension of its final key. */
  readonly types: Readonly<Record<string, string>>;
  readonly maxBytes: number;
  /** How long after the last moment to begin its put it may still be on its way, and posted. */
  readonly graceMs: number;
}

const PICTURES = { "image/png": "png", "image/jpeg": "jpg", "image/webp": "webp" } as const;

/**
 * What is taken of each kind. A recording's 2 GiB are those of one WAV file (its lengths are 32 bits, and many writers take them as
 * signed) and within what the transcriber fetches; at 2.5 Mbit/s they take two hours.
 */
const RULES: Readonly<Record<UploadKind, KindRules>> = {
  recording: {
    types: { "audio/wav": "wav", "audio/mpeg": "mp3" },
    maxBytes: 2048 * MIB,
    graceMs: 120 * MINUTE_MS,
  },
  screenshot: { types: PICTURES, maxBytes: 10 * MIB, graceMs: 10 * MINUTE_MS },
  avatar: { types: PICTURES, maxBytes: 2 * MIB, graceMs: 10 * MINUTE_MS },
};

/** What browsers and programs call the same. */
const SAME_TYPE: Readonly<Record<string, string>> = {
  "audio/x-wav": "audio/wav",
  "audio/wave": "audio/wav",
  "audio/vnd.wave": "audio/wav",
  "audio/mp3": "audio/mpeg",
  "audio/x-mpeg": "audio/mpeg",
  "image/jpg": "image/jpeg",
};

/**
 * The type by its one name. Throws `invalid_request` for one that is not taken of this kind, `too_large` for more bytes than are,
 * each with its pointer.
 */
export function takenType(kind: UploadKind, announced: { contentType: string; sizeBytes: number }): string {
  const { types, maxBytes } = RULES[kind];
  const plain = announced.contentType.trim().toLowerCase();
  const contentType = SAME_TYPE[plain] ?? plain;
  if (!Object.hasOwn(types, contentType)) {
    const detail = `must be one of ${Object.keys(types).join(", ")}`;
    throw new EarwitnessError("invalid_request", `A ${kind} of this type is not taken: see errors.`, {
      fields: [{ pointer: "#/contentType", detail }],
    });
  }
  if (announced.sizeBytes > maxBytes) {
    throw new EarwitnessError("too_large", `A ${kind} may have ${maxBytes / MIB} MiB.`, {
      fields: [{ pointer: "#/sizeBytes", detail: `must be at most ${maxBytes}` }],
    });
  }
  return contentType;
}

/** The extension of a type that is taken. */
export function extensionOf(kind: UploadKind, contentType: string): string {
  const extension = RULES[kind].types[contentType];
  if (extension === undefined) throw new Error(`A ${kind} of type ${contentType} was never to be taken.`);
  return extension;
}

/** Until when the file may be posted: its put must begin by `expiresAt`, and may take its time. */
export function lastPostAt({ kind, expiresAt }: { kind: UploadKind; expiresAt: Date }): Date {
  return new Date(expiresAt.getTime() + RULES[kind].graceMs);
}

/** The longest time that any kind may be on its way. */
export const LONGEST_GRACE_MS = Math.max(...Object.values(RULES).map(({ graceMs }) => graceMs));
