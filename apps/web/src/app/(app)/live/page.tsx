import type { Metadata } from "next";
import { LiveEntry } from "../../../features/live/live-entry.tsx";

export const metadata: Metadata = { title: "Live" };

export default function LivePage() {
  return <LiveEntry />;
}
