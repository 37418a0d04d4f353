/** The types of pdfkit are older than these doors of it. */
declare module "pdfkit/output" {
  /** The whole file, once the document has ended. */
  export function toBytes(document: PDFKit.PDFDocument): Promise<Uint8Array<ArrayBuffer>>;
}

declare namespace PDFKit.Mixins {
  interface PDFFont {
    /** A font that has been opened already: any that can lay out a text. */
    registerFont(name: string, font: import("./report-font.ts").LayingOut): this;
  }
}
