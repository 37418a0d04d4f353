import type { CallFrame, Caption, CaptionLatency, LiveCallState, LiveMark } from "@earwitness/shared";

/** What is known of a live call, as its frames told it. */
export interface LiveCall {
  /** Null until the first snapshot. */
  state: LiveCallState | null;
  /** In the order of their beginning, each once. */
  captions: readonly Caption[];
  marks: readonly LiveMark[];
  latency: CaptionLatency | null;
  /** The captions that were there when this page came: nobody saw them being said, so nothing is measured of them. */
  alreadySaid: ReadonlySet<string>;
}

export const NOTHING_HEARD: LiveCall = {
  state: null,
  captions: [],
  marks: [],
  latency: null,
  alreadySaid: new Set(),
};

/**
 * Applies one frame. A caption comes again and again under its id, whole, until it is final; one that is final is never taken
 * back, whatever comes late. Frames that change nothing return the same object, so that nothing is drawn again.
 */
export function applyFrame(call: LiveCall, frame: CallFrame): LiveCall {
  switch (frame.type) {
    case "snapshot":
      return {
        ...call,
        state: frame.state,
        captions: sortByStart(frame.captions),
        marks: sortByStart(frame.marks),
        alreadySaid: new Set(frame.captions.filter(({ isFinal }) => isFinal).map(({ id }) => id)),
      };
    case "state":
      return { ...call, state: frame.state };
    case "caption":
      return withCaption(call, frame.caption);
    case "mark":
      return { ...call, marks: sortByStart(replace(call.marks, frame.mark)) };
    case "latency":
      return { ...call, latency: frame.latency };
    default:
      return call;
  }
}

function withCaption(call: LiveCall, caption: Caption): LiveCall {
  const known = call.captions.find(({ id }) => id === caption.id);
  if (known?.isFinal && !caption.isFinal) return call;
  return { ...call, captions: sortByStart(replace(call.captions, caption)) };
}

function replace<Item extends { id: string }>(items: readonly Item[], item: Item): Item[] {
  const at = items.findIndex(({ id }) => id === item.id);
  return at === -1 ? [...items, item] : items.with(at, item);
}

function sortByStart<Item extends { startMs: number }>(items: readonly Item[]): Item[] {
  return items.toSorted((a, b) => a.startMs - b.startMs);
}
