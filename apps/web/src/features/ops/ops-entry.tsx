"use client";
import { lazy } from "react";
import { InBrowser } from "../../ui/in-browser.tsx";
import { Bar } from "../shell/bar.tsx";

const OpsScreen = lazy(() => import("./ops-screen.tsx"));

/** The frame of the screen, then what is in it. */
export function OpsEntry() {
  return (
    <InBrowser frame={<Bar title="Ops" />}>
      <OpsScreen />
    </InBrowser>
  );
}
