import type { Metadata } from "next";
import { SettingsEntry } from "../../../features/settings/settings-entry.tsx";

export const metadata: Metadata = { title: "Settings" };

export default function SettingsPage() {
  return <SettingsEntry />;
}
