import type { ComposeMail } from "./write-mail.ts";

/** Says that a file is ready, and leads to the exports in the app: an address of the file itself would be good for whoever reads the mail. */
export const composeExportReadyMail: ComposeMail = async (_ctx, { appOrigin }) => ({
  subject: "Your export is ready",
  letter: {
    title: "Your export is ready",
    heading: "Your export is ready to be fetched",
    lead: "It lies with your exports for some days, and is then deleted. You fetch it signed in.",
    button: { label: "See your exports", link: `${appOrigin}/settings#exports` },
    footer: "You get this mail because you asked for the export.",
  },
});
