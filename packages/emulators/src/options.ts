/** What `startEmulators` takes; everything has a default that suits a test. */
export interface EmulatorOptions {
  /** Default `127.0.0.1`. */
  readonly host?: string;
  /** Default: free ports. */
  readonly ports?: {
    readonly telnyx?: number;
    readonly assemblyai?: number;
    readonly resend?: number;
    readonly google?: number;
    readonly github?: number;
    readonly control?: number;
  };
  readonly telnyx?: {
    readonly apiKey?: string;
    /** The private Ed25519 key of webhooks: 32 bytes. Default: random. */
    readonly seed?: Uint8Array;
    readonly connectionId?: string;
    readonly webhookUrl?: string;
    readonly failoverUrl?: string;
    readonly numbers?: readonly string[];
    /** 1 = real time; 20 = ringing and speech pass twenty times faster. The audio in the files is never touched. */
    readonly pace?: number;
    /** Waits between tries of a webhook without its own policy, in milliseconds. Default 1 s, 5 s. */
    readonly webhookRetriesMs?: readonly number[];
    /** How long people wait for the application's next command before they talk unrecorded: real milliseconds. Default 5 s. */
    readonly conversationGraceMs?: number;
    /** How long a caller lets it ring: real milliseconds. Default 30 s. */
    readonly callerPatienceMs?: number;
    /** Life of a download URL in seconds. Default 600. */
    readonly recordingUrlSecs?: number;
    readonly requestsPerMinute?: number;
    /** How a recording's file shows a pause: silent (default) or cut out. The vendor does not say; a call can differ. */
    readonly pauseMode?: "silence" | "cut";
    /** Length of a media frame: 20 (default) or 100 ms. The vendor documents neither. */
    readonly frameMs?: 20 | 100;
    /** Byte order of media in L16, on which the vendor's clients disagree. Default `big`. */
    readonly l16Order?: "big" | "little";
  };
  readonly assemblyai?: {
    readonly apiKey?: string;
    /** The least time that a job takes. Default 300 ms. */
    readonly processingMs?: number;
    /** Wait between tries of a webhook. Default 10 s. */
    readonly webhookRetryMs?: number;
    readonly concurrency?: number;
    readonly requestsPerWindow?: number;
    readonly streaming?: {
      /** From a word's last byte to its frame: real milliseconds. Default 150. */
      readonly delayMs?: number;
      /** How many times faster than real time audio may come. Default: Telnyx's pace. */
      readonly pace?: number;
      /** How much audio may be ahead of the clock, at pace 1 (in proportion at another). Default 2 s. */
      readonly cushionMs?: number;
      /** Default 3 h. */
      readonly maxSessionMs?: number;
      /** Open at once. Default 2000. */
      readonly maxSessions?: number;
      /** Default 2000. */
      readonly maxNewPerMinute?: number;
    };
  };
  readonly resend?: {
    readonly apiKey?: string;
    readonly requestsPerSecond?: number;
    /** Where notices of what becomes of mails go; nowhere without it. Can be set later by `configure`. */
    readonly webhookUrl?: string;
    /** `whsec_` and base64 of 24 bytes or more. Default: random. */
    readonly webhookSecret?: string;
    /** Waits between tries of a notice, in milliseconds. Default 5 s, 5 min, 30 min. */
    readonly webhookRetriesMs?: readonly number[];
  };
  readonly google?: OAuthOptions;
  readonly github?: OAuthOptions;
}

/** The application's registration with an identity provider. */
export interface OAuthOptions {
  readonly clientId?: string;
  readonly clientSecret?: string;
  /** Where people may be sent back to, to the letter. Can be set later by `configure`. */
  readonly redirectUris?: readonly string[];
}

/** Where Telnyx's webhooks go. The application under test usually starts after the emulators. */
export interface EmulatorWebhooks {
  readonly webhookUrl?: string | null;
  readonly failoverUrl?: string | null;
}

export interface Emulators {
  readonly telnyx: {
    readonly url: string;
    readonly apiKey: string;
    /** Base64 of the raw 32 bytes, as the vendor's portal shows it. */
    readonly publicKey: string;
    readonly connectionId: string;
    readonly numbers: readonly string[];
  };
  readonly assemblyai: { readonly url: string; readonly apiKey: string };
  readonly resend: { readonly url: string; readonly apiKey: string; readonly webhookSecret: string };
  /** `url` is the issuer. */
  readonly google: { readonly url: string; readonly clientId: string; readonly clientSecret: string };
  /** `url` is the base URL, as an enterprise's own GitHub has one. */
  readonly github: { readonly url: string; readonly clientId: string; readonly clientSecret: string };
  readonly control: { readonly url: string };
  /** Sets webhook URLs later, of which `null` unsets one, and the addresses that people may be sent back to. */
  configure(settings: {
    readonly telnyx?: EmulatorWebhooks;
    readonly resend?: { readonly webhookUrl: string | null };
    readonly google?: Pick<OAuthOptions, "redirectUris">;
    readonly github?: Pick<OAuthOptions, "redirectUris">;
  }): void;
  /** Stops listening, ends calls, deliveries and jobs. */
  close(): Promise<void>;
}
