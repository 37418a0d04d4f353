"use client";
import { QueryClientProvider } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { createQueryClient } from "../../api/query-client.ts";
import { LiveProvider } from "../../live/live-provider.tsx";
import { UndoSlot } from "../lifecycle/undo-slot.tsx";
import type { Lost } from "./belonging.tsx";
import styles from "./shell.module.css";

// Prerendered with the rest, so that the places stand and lead somewhere at once; React takes them over when their file has come.
const Rail = lazy(() => import("./rail.tsx"));
const ShellKeys = lazy(() => import("./shell-keys.tsx"));
const Belonging = lazy(() => import("./belonging.tsx"));
const LostScreen = lazy(() => import("./lost-screen.tsx"));

/** What every screen stands in: the rail of places, and the screen beside it. It stays while screens come and go. */
export function Shell({ children }: { children: ReactNode }) {
  const [client] = useState(createQueryClient);
  const [showsKeys, setShowsKeys] = useState(false);
  const [lost, setLost] = useState<Lost | null>(null);
  if (lost) {
    return (
      <QueryClientProvider client={client}>
        <Suspense>
          <LostScreen {...lost} />
        </Suspense>
      </QueryClientProvider>
    );
  }
  return (
    <QueryClientProvider client={client}>
      <LiveProvider>
        <a className={styles.skip} href="#main">
          Skip to the screen
        </a>
        <div className={styles.shell}>
          <Suspense>
            <Rail onShowKeys={() => setShowsKeys(true)} />
          </Suspense>
          <main className={styles.screen} id="main" tabIndex={-1}>
            {children}
          </main>
        </div>
        <UndoSlot />
        <Suspense>
          <ShellKeys isShown={showsKeys} onShow={setShowsKeys} />
        </Suspense>
        <Suspense>
          <Belonging onLost={setLost} />
        </Suspense>
      </LiveProvider>
    </QueryClientProvider>
  );
}
