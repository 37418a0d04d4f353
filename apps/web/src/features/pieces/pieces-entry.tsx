"use client";
import { lazy, Suspense } from "react";
import { useInBrowser } from "../../ui/use-in-browser.ts";
import { Bar } from "../shell/bar.tsx";

const PiecesScreen = lazy(() => import("./pieces-screen.tsx"));
const frame = <Bar title="Pieces" />;

/** The pieces are drawn in the browser alone: what time it is, and where, belongs to them. */
export function PiecesEntry() {
  return useInBrowser() ? (
    <Suspense fallback={frame}>
      <PiecesScreen />
    </Suspense>
  ) : (
    frame
  );
}
