import { ExportId } from "@earwitness/shared";
import { z } from "zod";
import type { ComposeMail } from "./write-mail.ts";

const About = z.object({ exportId: ExportId });

/** Says that a file is ready, and leads to it in the app: an address of the file itself would be good for whoever reads the mail. */
export const composeExportReadyMail: ComposeMail = async (_ctx, { appOrigin }, { about }) => {
  const { exportId } = About.parse(about);
  return {
    subject: "Your export is ready",
    letter: {
      title: "Your export is ready",
      heading: "Your export is ready to be fetched",
      lead: "It lies with your exports for some days, and is then deleted. You fetch it signed in.",
      button: { label: "See your exports", link: `${appOrigin}/settings/exports#${exportId}` },
      footer: "You get this mail because you asked for the export.",
    },
  };
};
