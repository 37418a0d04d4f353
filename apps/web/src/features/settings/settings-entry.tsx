"use client";
import { lazy } from "react";
import { InBrowser } from "../../ui/in-browser.tsx";
import { Bar } from "../shell/bar.tsx";

const SettingsScreen = lazy(() => import("./settings-screen.tsx"));

/** The frame of the settings, then what is in it. */
export function SettingsEntry() {
  return (
    <InBrowser frame={<Bar title="Settings" />}>
      <SettingsScreen />
    </InBrowser>
  );
}
