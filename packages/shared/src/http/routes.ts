/**
 * The API's routes, as the browser (`/api` in front, same origin) and partners (the API's own host) call them.
 *
 *   GET    /v1/me                                  MeView
 *   GET    /v1/calls                ListCallsQuery  CallList
 *   POST   /v1/calls                PlaceCall       202 PlacedCall        (Idempotency-Key honoured)
 *   GET    /v1/calls/{callId}                       CallView
 *   POST   /v1/calls/{callId}/hangup                202 CommandTaken
 *   GET    /v1/calls/{callId}/recordings            { recordings: RecordingView[] }
 *   GET    /v1/calls/{callId}/transcript            TranscriptView        404 until one exists
 *   POST   /v1/recordings/{recordingId}/retry       202 RetryTaken        fetches the recording again
 *   POST   /v1/calls/{callId}/transcript/retry      202 RetryTaken        asks for the transcript again
 *   GET    /v1/recordings/{recordingId}/audio       bytes                 Range → 206, If-None-Match → 304, 416
 *   GET    /v1/recordings/{recordingId}/peaks       PeaksView
 *   GET    /v1/numbers                              NumberList
 *   POST   /v1/numbers/sync                         202 RetryTaken        asks the carrier for its numbers again
 *   PATCH  /v1/numbers/{numberId}   UpdateNumber    NumberView            (ETag / If-Match)
 *   GET    /v1/api-keys                             ApiKeyList
 *   POST   /v1/api-keys             CreateApiKey    201 CreatedApiKey
 *   DELETE /v1/api-keys/{apiKeyId}                  204
 *   GET    /v1/checks                               CheckList
 *   GET    /v1/openapi.json, /v1/docs
 *   GET    /health, /ready
 *   GET    /live                                    WebSocket, see ../live
 *   *      /auth/*                                  Auth.js; POST /auth/confirm {token, email, callbackUrl?} finishes a sign-in by e-mail
 */
export const API_VERSION = "v1";
export const SCOPES = ["read", "write"] as const;
