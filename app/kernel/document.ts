/** Tells what a document is by its first bytes, never by its name or by what the browser claims. */

export type DocumentMediaType = 'application/pdf' | 'image/jpeg' | 'image/png' | 'image/webp'

/** Largest source document: a photographed invoice fits many times. */
export const DOCUMENT_LIMIT_BYTES = 20 * 1024 * 1024

function startsWith(bytes: Uint8Array, ...signature: number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte)
}

/** The media type of a source document; null for anything but PDF, JPEG, PNG and WebP. */
export function sniffDocument(bytes: Uint8Array): DocumentMediaType | null {
  if (startsWith(bytes, 0x25, 0x50, 0x44, 0x46, 0x2d)) return 'application/pdf'
  if (startsWith(bytes, 0xff, 0xd8, 0xff)) return 'image/jpeg'
  if (startsWith(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png'
  const riff = startsWith(bytes, 0x52, 0x49, 0x46, 0x46)
  if (riff && startsWith(bytes.subarray(8), 0x57, 0x45, 0x42, 0x50)) return 'image/webp'
  return null
}
