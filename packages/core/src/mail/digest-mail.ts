import { EarwitnessError } from "@earwitness/shared";
import { z } from "zod";
import { weekNamed } from "../digest/week.ts";
import { DAY_MS } from "../durations.ts";
import { oneLine } from "./one-line.ts";
import type { ComposeMail } from "./write-mail.ts";

const Count = z.coerce.number().int().nonnegative();
/** `WeekFigures` as they were when the mail was asked for, in texts. */
const About = z.object({
  week: z.iso.date(),
  calls: Count,
  talkedMs: Count,
  missed: Count,
  recordingsMissing: Count,
  transcriptsFailed: Count,
  deadJobs: Count,
});

const days = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const numbers = new Intl.NumberFormat("en");

/** What a workspace's week was, and what of it waits for somebody. Throws `unprocessable` for a mail of no workspace. */
export const composeDigestMail: ComposeMail = async (ctx, { appOrigin }, { workspaceId, about }) => {
  if (workspaceId === null)
    throw new EarwitnessError("unprocessable", "A digest is of a workspace, and this is of none.");
  const { name } = await ctx.unitOfWork((tx) => tx.workspaces.find(workspaceId));
  const figures = About.parse(about);
  const { from, until } = weekNamed(figures.week);
  const period = days.formatRange(from, new Date(until.getTime() - DAY_MS));
  const open = figures.recordingsMissing + figures.transcriptsFailed + figures.deadJobs;
  return {
    subject: `${oneLine(name, 60)}: ${period}`,
    letter: {
      title: "Your week on Earwitness",
      heading: `${oneLine(name, 60)}, ${period}`,
      lead:
        open === 0
          ? "Nothing waits for you."
          : `${open === 1 ? "One thing waits" : `${numbers.format(open)} things wait`} for you.`,
      figures: [
        { label: "Calls", value: numbers.format(figures.calls) },
        { label: "Minutes talked", value: numbers.format(Math.round(figures.talkedMs / 60_000)) },
        { label: "Missed calls", value: numbers.format(figures.missed) },
        { label: "Recordings that are missing", value: numbers.format(figures.recordingsMissing) },
        { label: "Transcripts that failed", value: numbers.format(figures.transcriptsFailed) },
        { label: "Work that was given up", value: numbers.format(figures.deadJobs) },
      ],
      button: { label: "See the calls", link: `${appOrigin}/calls` },
      footer:
        "Once a week, on Monday as a rule, to those who look after the workspace. A week is from Monday to Sunday, UTC.",
    },
  };
};
