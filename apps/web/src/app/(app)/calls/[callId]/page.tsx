import type { Metadata } from "next";
import { PLACEHOLDER } from "../../../../../routes.ts";
import { CallEntry } from "../../../../features/call/call-entry.tsx";

export const metadata: Metadata = { title: "Call" };

/** One exported page serves every call's address; the id is read in the browser. */
export function generateStaticParams() {
  return [{ callId: PLACEHOLDER }];
}

export default function CallPage() {
  return <CallEntry />;
}
