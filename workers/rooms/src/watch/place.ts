/** Where a watcher is: the run of numbers, and the last number of it. Written as clients send it, `<epoch>.<seq>`. */
export interface Place {
  readonly epoch: string;
  readonly seq: number;
}

/** The place that a text names; null for any other text, and for none. */
export function readPlace(text: string | null): Place | null {
  const [, epoch, seq] = /^([\w-]{1,40})\.(\d{1,15})$/.exec(text ?? "") ?? [];
  return epoch === undefined || seq === undefined ? null : { epoch, seq: Number(seq) };
}

/** The place as clients send it back. */
export function writePlace({ epoch, seq }: Place): string {
  return `${epoch}.${seq}`;
}

/**
 * Where numbering goes on in a room that has slept: after the last number that any of its sockets was sent. A room sleeps
 * only when nothing is on its way, and whoever is not at that place hears the whole call anew. null where nobody watches.
 */
export function lastPlace(places: readonly (Place | null)[]): Place | null {
  return places.reduce<Place | null>((last, place) => {
    const isLater = place !== null && (last === null || (place.epoch === last.epoch && place.seq > last.seq));
    return isLater ? place : last;
  }, null);
}
