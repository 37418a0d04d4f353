import type { CallFact } from "@earwitness/core";
import type { Logger } from "@earwitness/shared/log";
import { ChunkStore } from "./chunk-store.ts";
import { SoundTail } from "./sound-tail.ts";
import { TailRows } from "./tail-rows.ts";
import type { ToldSound } from "./told-sound.ts";

interface KeptSoundOptions {
  readonly sql: SqlStorage;
  readonly bucket: Pick<R2Bucket, "put">;
  readonly log: Logger;
  readonly folder: string;
  readonly told: ToldSound;
  readonly tell: (facts: CallFact[]) => void;
}

/** Where a call's sound is kept: the last pieces on the room's disk, what is older in R2. */
export interface KeptSound {
  readonly tail: SoundTail;
  readonly rows: TailRows;
  readonly store: ChunkStore;
}

/**
 * Opens what there is of a call's kept sound. What an earlier instance of the room left on disk is complete as far as it goes,
 * and on its way to R2.
 */
export function openKeptSound({ sql, bucket, log, folder, told, tell }: KeptSoundOptions): KeptSound {
  const rows = new TailRows(sql, (chunk) => told.stored.has(chunk));
  const store = new ChunkStore({ bucket, rows, log, folder, tell });
  const left = rows.chunks;
  for (const chunk of left) store.add(chunk);
  const tail = new SoundTail(Math.max(-1, ...told.stored, ...left) + 1, {
    save: (piece) => rows.save(piece),
    complete(chunk) {
      store.add(chunk);
      void store.run();
    },
  });
  return { tail, rows, store };
}
