"use client";
import { lazy } from "react";
import { InBrowser } from "../../ui/in-browser.tsx";
import { Bar } from "../shell/bar.tsx";

const PiecesScreen = lazy(() => import("./pieces-screen.tsx"));

/** The frame of the page of pieces, then all of them. */
export function PiecesEntry() {
  return (
    <InBrowser frame={<Bar title="Pieces" />}>
      <PiecesScreen />
    </InBrowser>
  );
}
