/** The types of pdfkit are older than this door of it. */
declare module "pdfkit/output" {
  /** The whole file, once the document has ended. */
  export function toBytes(document: PDFKit.PDFDocument): Promise<Uint8Array<ArrayBuffer>>;
}
