import type { AuditEntryView } from "@earwitness/shared";
import { clock, dayAndTime } from "../../../format/time.ts";
import { ACTION_WORDS } from "./audit-words.ts";

/** The stretch of a recording that somebody was handed, `0:12 to 0:34`; null where the entry is of no such thing. */
export function stretchWords({ details }: Pick<AuditEntryView, "details">): string | null {
  const { fromMs, toMs } = details;
  if (typeof fromMs !== "number") return null;
  return typeof toMs === "number" ? `${clock(fromMs)} to ${clock(toMs)}` : `${clock(fromMs)} to its end`;
}

/** The id of the call that an entry is about; null where it is about none. */
export function callOf({ object, details }: Pick<AuditEntryView, "object" | "details">): string | null {
  if (object.kind === "call") return object.id;
  return typeof details.callId === "string" ? details.callId : null;
}

/** One named thing that an entry tells of: what it was, and what it is now where that is told as well. */
export interface DetailLine {
  name: string;
  before: string | null;
  after: string;
}

/** What an entry tells besides its sentence, one line each. A change says what was before. */
export function detailLines({ action, details }: Pick<AuditEntryView, "action" | "details">): DetailLine[] {
  const told = ACTION_WORDS[action].told ?? [];
  return Object.entries(details).flatMap(([key, value]): DetailLine[] => {
    if (value === null || told.includes(key) || SAID_ELSEWHERE.has(key)) return [];
    const name = fieldName(key);
    const isChange = isFields(value) && "before" in value && "after" in value;
    if (isChange) return [{ name, before: plain(value.before), after: plain(value.after) }];
    return [{ name, before: null, after: plain(value) }];
  });
}

/** Positions and the call stand in the sentence, ids of inner things in the receipt's export alone. */
const SAID_ELSEWHERE: ReadonlySet<string> = new Set(["fromMs", "toMs", "aheadMs", "callId", "sessionId", "jobId"]);

/** What is not called in the code as people call it. */
const FIELD_NAMES: Partial<Record<string, string>> = { expiresAt: "good until", endedFamilies: "sets of tokens ended" };

/** `retentionDays` as people write it: `retention days`. */
function fieldName(key: string): string {
  const name = FIELD_NAMES[key];
  if (name !== undefined) return name;
  return key.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
}

/** As the API writes instants; people read them in their own zone. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

function plain(value: unknown): string {
  if (value === null || value === undefined || value === "") return "nothing";
  if (typeof value === "boolean") return value ? "on" : "off";
  if (typeof value === "string" && INSTANT.test(value)) return dayAndTime(value, new Date());
  if (Array.isArray(value)) return value.length === 0 ? "nothing" : value.map(plain).join(", ");
  return isFields(value)
    ? Object.entries(value)
        .map(([name, each]) => `${fieldName(name)} ${plain(each)}`)
        .join(", ")
    : String(value);
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
