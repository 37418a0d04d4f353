"use client";
import { usePathname } from "next/navigation";
import { useInBrowser } from "../../ui/use-in-browser.ts";

/**
 * The id in the page's address (`/calls/<id>`); null in the prerendered page, which is one and the same for every id. The
 * router's own parameters are of no use here: in the exported page they always hold the placeholder.
 */
export function useRouteId(): string | null {
  const path = usePathname();
  return useInBrowser() ? decodeURIComponent(path.split("/")[2] ?? "") : null;
}
