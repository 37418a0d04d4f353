/** A line of a file, counted from 1; `text` is null where its bytes are no UTF-8, or more than any line of ours has. */
export interface Line {
  readonly number: number;
  readonly text: string | null;
}

/** An entry of the log has a few hundred bytes; what has more was not written by us. */
const MAX_LINE_BYTES = 1_000_000;
const LINE_FEED = 0x0a;

/**
 * The lines of a file as it is read, in constant memory. Split at line feeds alone: what else some reader takes for a line's end
 * may stand inside of a JSON text. A file's last line feed begins no line.
 */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  let number = 1;
  let parts: Uint8Array[] = [];
  let size = 0;
  const add = (part: Uint8Array) => {
    size += part.length;
    if (size <= MAX_LINE_BYTES) parts.push(part);
    else parts = [];
  };
  const finish = (): Line => {
    const line = { number, text: size > MAX_LINE_BYTES ? null : textOf(parts) };
    number += 1;
    parts = [];
    size = 0;
    return line;
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let at = chunk.indexOf(LINE_FEED); at !== -1; at = chunk.indexOf(LINE_FEED, from)) {
      add(chunk.subarray(from, at));
      from = at + 1;
      yield finish();
    }
    if (from < chunk.length) add(chunk.subarray(from));
  }
  if (size > 0) yield finish();
}

function textOf(parts: readonly Uint8Array[]): string | null {
  try {
    // A byte order mark is a byte that we did not write: it stays, and is found.
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Buffer.concat(parts));
  } catch {
    return null;
  }
}
