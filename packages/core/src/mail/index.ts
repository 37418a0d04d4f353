export type { MailKind } from "./mail-kind.ts";
