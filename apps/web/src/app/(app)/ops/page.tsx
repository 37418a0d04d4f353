import type { Metadata } from "next";
import { OpsEntry } from "../../../features/ops/ops-entry.tsx";

export const metadata: Metadata = { title: "Ops" };

export default function OpsPage() {
  return <OpsEntry />;
}
