"use client";
import { lazy, Suspense } from "react";
import { useInBrowser } from "../../ui/use-in-browser.ts";
import { Bar } from "../shell/bar.tsx";

const SettingsScreen = lazy(() => import("./settings-screen.tsx"));
const frame = <Bar title="Settings" />;

/** The frame of the settings, then what is in it. By the time its file has come, answers may have too: only the frame is prerendered. */
export function SettingsEntry() {
  return useInBrowser() ? (
    <Suspense fallback={frame}>
      <SettingsScreen />
    </Suspense>
  ) : (
    frame
  );
}
