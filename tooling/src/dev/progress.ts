import { styleText } from "node:util";

/** Tells on the terminal what goes on: a line for each stage when it is done, with its seconds. */
export interface Progress {
  begin(stage: string): void;
  done(stage: string, note?: string): void;
  say(line: string): void;
}

const NAME_WIDTH = 14;

export function showProgress(output: NodeJS.WriteStream): Progress {
  const begun = new Map<string, number>();
  const live = output.isTTY === true;
  /** On a terminal the last line says what is being waited for, and is written over. */
  const waiting = () => {
    if (live && begun.size > 0) output.write(`  … ${[...begun.keys()].join(", ")}`);
  };
  const line = (text: string) => {
    if (live) output.write("\r\u001b[2K");
    output.write(`${text}\n`);
    waiting();
  };
  return {
    begin(stage) {
      begun.set(stage, performance.now());
      if (live) output.write("\r\u001b[2K");
      waiting();
    },
    done(stage, note = "") {
      const seconds = ((performance.now() - (begun.get(stage) ?? performance.now())) / 1000).toFixed(1);
      begun.delete(stage);
      line(`  ${styleText("green", "✓")} ${stage.padEnd(NAME_WIDTH)} ${`${seconds} s`.padStart(7)}  ${note}`.trimEnd());
    },
    say: line,
  };
}
