import type { AcceptedExport, AcceptedImport, ExportDownload, ExportView, MakeExport } from "@earwitness/shared";
import { queryOptions } from "@tanstack/react-query";
import { request } from "./request.ts";

/** Files that are taken out of the workspace, and recordings that are taken in. */

export const exportsQuery = queryOptions({
  queryKey: ["exports"],
  queryFn: ({ signal }) => request({ path: "/exports", signal, returns: (contract) => contract.ExportList }),
});

export const importsQuery = queryOptions({
  queryKey: ["imports"],
  queryFn: ({ signal }) => request({ path: "/imports", signal, returns: (contract) => contract.ImportList }),
});

/** Has a file written; it shows up among the exports. */
export function makeExport(body: MakeExport): Promise<AcceptedExport> {
  return request({ path: "/exports", method: "POST", body, returns: (contract) => contract.AcceptedExport });
}

/** Has a file written no further. */
export function cancelExport(exportId: string): Promise<ExportView> {
  return request({ path: `/exports/${exportId}/cancel`, method: "POST", returns: (contract) => contract.ExportView });
}

/** Where a file is fetched, for ten minutes. */
export function downloadAddress(exportId: string): Promise<ExportDownload> {
  return request({ path: `/exports/${exportId}/download`, returns: (contract) => contract.ExportDownload });
}

/** Takes over what lies in this folder of the workspace's imports. */
export function startImport(prefix: string): Promise<AcceptedImport> {
  return request({
    path: "/imports",
    method: "POST",
    body: { prefix },
    returns: (contract) => contract.AcceptedImport,
  });
}
