import type { Metadata } from "next";
import { CallsEntry } from "../../../features/calls/calls-entry.tsx";

export const metadata: Metadata = { title: "Calls" };

export default function CallsPage() {
  return <CallsEntry />;
}
