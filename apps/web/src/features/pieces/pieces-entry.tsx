"use client";
import { lazy, Suspense } from "react";
import { Bar } from "../shell/bar.tsx";

const PiecesScreen = lazy(() => import("./pieces-screen.tsx"));

export function PiecesEntry() {
  return (
    <Suspense fallback={<Bar title="Pieces" />}>
      <PiecesScreen />
    </Suspense>
  );
}
