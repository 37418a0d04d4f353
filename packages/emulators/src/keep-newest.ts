/** Forgets the oldest entries of a map until `most` are left: nothing here grows without end, however long it runs. */
export function keepNewest<K, V>(map: Map<K, V>, most: number): void {
  for (const key of map.keys()) {
    if (map.size <= most) return;
    map.delete(key);
  }
}
