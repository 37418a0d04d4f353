import type {
  CheckPorts,
  ExportStore,
  Hasher,
  RequestTranscriptPorts,
  SendMailPorts,
  StoreRecordingPorts,
} from "@earwitness/core";
import { createHttpAudioSource } from "@earwitness/providers/audio-source";
import { createR2Store, newSha256, newSha512 } from "@earwitness/providers/blob-store";
import { createTelnyxRecords } from "@earwitness/providers/telephony";
import { createAssemblyAi } from "@earwitness/providers/transcriber";
import type { JobsEnv } from "./env.ts";
import { mailerOf } from "./mailer.ts";

export type VendorPorts = StoreRecordingPorts &
  RequestTranscriptPorts &
  SendMailPorts &
  CheckPorts & { readonly exportStore: ExportStore; readonly newSha512: () => Hasher; readonly apiOrigin: string };

/** The vendors and the storage that jobs speak to. */
export function vendorPorts(env: JobsEnv): VendorPorts {
  const store = createR2Store({
    bucket: env.RECORDINGS,
    bucketName: env.R2_BUCKET,
    s3Endpoint: env.R2_S3_ENDPOINT,
    accessKeyId: env.R2_ACCESS_KEY_ID,
    secretAccessKey: env.R2_SECRET_ACCESS_KEY,
  });
  return {
    records: createTelnyxRecords({
      baseUrl: env.TELNYX_BASE_URL,
      apiKey: env.TELNYX_API_KEY,
      connectionId: env.TELNYX_CONNECTION_ID,
    }),
    transcriber: createAssemblyAi({
      baseUrl: env.ASSEMBLYAI_BASE_URL,
      apiKey: env.ASSEMBLYAI_API_KEY,
      callbackSecret: env.ASSEMBLYAI_WEBHOOK_SECRET,
    }),
    blobs: store,
    store,
    exportStore: store,
    audio: createHttpAudioSource(),
    newSha256,
    newSha512,
    apiOrigin: `${env.APP_ORIGIN}/api`,
    webhooksOrigin: env.WEBHOOKS_ORIGIN,
    mailer: mailerOf(env),
    mailLinks: { appOrigin: env.APP_ORIGIN, linkSecret: env.LINK_SECRET },
  };
}
