"use client";
import { type ReactNode, Suspense } from "react";
import { useInBrowser } from "./use-in-browser.ts";

export interface InBrowserProps {
  /** What is prerendered, and stands until the children's code has come. */
  frame: ReactNode;
  children: ReactNode;
}

/**
 * Draws its children in the browser alone. A screen whose file comes late must not be prerendered: by the time React takes
 * the page over, answers and the clock say what the prerendered page could not know.
 */
export function InBrowser({ frame, children }: InBrowserProps) {
  return useInBrowser() ? <Suspense fallback={frame}>{children}</Suspense> : frame;
}
