"use client";
import { usePathname } from "next/navigation";
import { useSyncExternalStore } from "react";

const never = () => () => {};

/**
 * The id in the page's address (`/calls/<id>`); null in the prerendered page, which is one and the same for every id. The
 * router's own parameters are of no use here: in the exported page they always hold the placeholder.
 */
export function useRouteId(): string | null {
  const path = usePathname();
  const isInBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  return isInBrowser ? decodeURIComponent(path.split("/")[2] ?? "") : null;
}
