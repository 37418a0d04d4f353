"use client";
import { useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { type AuditFilters, readAuditFilters, writeAuditFilters } from "../../../api/audit.ts";
import { AUDIT_ACTIONS } from "./audit-words.ts";

/** What the log is asked for. It lives in the address, so that it can be kept, sent to somebody, and gone back to. */
export function useAuditFilters(): [AuditFilters, (filters: AuditFilters) => void] {
  const search = useSearchParams();
  const filters = useMemo(() => readAuditFilters(new URLSearchParams(search), AUDIT_ACTIONS), [search]);
  const ask = (next: AuditFilters) => {
    const query = writeAuditFilters(next);
    const { pathname, hash } = window.location;
    window.history.pushState(null, "", `${pathname}${query === "" ? "" : `?${query}`}${hash}`);
  };
  return [filters, ask];
}
