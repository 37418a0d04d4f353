export { announceUpload } from "./announce-upload.ts";
export { checkKey } from "./check-key.ts";
export { type CheckPorts, checkUpload } from "./check-upload.ts";
export { completeUpload } from "./complete-upload.ts";
export { giveUpUpload } from "./refuse-upload.ts";
export { sweepUploads } from "./sweep-uploads.ts";
export { UploadDetails } from "./upload-details.ts";
export { uploadOfAvatar } from "./upload-keys.ts";
export { UPLOADED } from "./uploaded.ts";
