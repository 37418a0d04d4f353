/** The carrier of calls that none of ours carried: their recordings were made elsewhere. */
export const UPLOADED = "upload";
