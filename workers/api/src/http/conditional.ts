/** Tells whether `If-None-Match` names the current representation, so that 304 is the answer (RFC 9110 §13.1.2, weak comparison). */
export function isUnchanged(ifNoneMatch: string | null, etag: string): boolean {
  if (ifNoneMatch === null) return false;
  if (ifNoneMatch.trim() === "*") return true;
  return entityTags(ifNoneMatch).some((tag) => tag.replace(/^W\//, "") === etag.replace(/^W\//, ""));
}

/** Tells whether a `Range` still counts: `If-Range` is absent or names the current representation exactly (RFC 9110 §13.1.5). */
export function rangeStillCounts(ifRange: string | null, etag: string): boolean {
  return ifRange === null || (ifRange.trim() === etag && !etag.startsWith("W/"));
}

/** Tells whether `If-Match` lets a change through: absent, `*`, or naming the current version (RFC 9110 §13.1.1). */
export function mayChange(ifMatch: string | null, etag: string): boolean {
  return ifMatch === null || ifMatch.trim() === "*" || entityTags(ifMatch).includes(etag);
}

/** The entity tag of a thing that counts its versions. */
export function versionTag(version: number): string {
  return `"${version}"`;
}

function entityTags(header: string): string[] {
  return header.match(/(?:W\/)?"[^"]*"/g) ?? [];
}
