/**
 * What a picture's file says beside its pixels, piece by piece: names, dates, comments, profiles. A string instead says why the
 * bytes are not a whole picture of this type and nothing else.
 */
export type Pieces = readonly Uint8Array[] | string;

/**
 * As many pieces as no camera and no editor writes. They have a few bytes at the least: a file of nothing but empty ones would make
 * millions, which no worker's memory holds.
 */
export const MOST_PIECES = 10_000;
export const TOO_MANY_PIECES = "The picture has too much written beside its pixels. Save it anew from an image editor.";
