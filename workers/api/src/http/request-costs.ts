/**
 * What a request counts for against its sender's quota, by its operation; every other counts 1. What rings a phone, sends a mail,
 * asks vendors, reads a whole log or sets the whole deployment to work costs more than what reads a page.
 */
export const REQUEST_COSTS: Readonly<Record<string, number>> = {
  placeCall: 10,
  createInvitation: 10,
  createApiKey: 5,
  announceUpload: 5,
  exchangeKey: 5,
  retryRecording: 5,
  retryTranscript: 5,
  syncNumbers: 10,
  searchCalls: 2,
  runJobsAgain: 10,
  runCron: 20,
  getChecks: 20,
  exportAudit: 30,
};
