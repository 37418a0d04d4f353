import type { WorkspaceId } from "@earwitness/shared";
import type { Context, SystemActor } from "../context.ts";
import type { WeekFigures } from "../ports/repositories/index.ts";
import { weekNamed } from "./week.ts";

/**
 * Mails what a workspace's week was to those who look after it and have not said no. The figures are counted once, so that all
 * get the same ones. Nobody is told of a week in which nothing was. Each gets one mail, however often this runs.
 */
export async function makeDigest(
  ctx: Context<SystemActor>,
  { workspaceId, week: name }: { readonly workspaceId: WorkspaceId; readonly week: string },
): Promise<void> {
  const week = weekNamed(name);
  await ctx.unitOfWork(async (tx) => {
    const figures = await tx.digests.figures(workspaceId, week);
    if (figures.calls === 0 && figures.deadJobs === 0) return;
    for (const to of await tx.digests.recipients(workspaceId)) {
      const about = { week: name, ...asTexts(figures) };
      const mail = { id: ctx.newId("mail"), workspaceId, kind: "digest", to, about } as const;
      await tx.mails.add(mail, `digest/${workspaceId}/${name}/${to}`);
    }
  });
}

function asTexts(figures: WeekFigures): Record<string, string> {
  return Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, String(value)]));
}
