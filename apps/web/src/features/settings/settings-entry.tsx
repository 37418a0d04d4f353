"use client";
import { lazy, Suspense } from "react";
import { Bar } from "../shell/bar.tsx";

const SettingsScreen = lazy(() => import("./settings-screen.tsx"));

/** The frame of the settings, then what is in it. */
export function SettingsEntry() {
  return (
    <Suspense fallback={<Bar title="Settings" />}>
      <SettingsScreen />
    </Suspense>
  );
}
