/** A public file of a poll: taken home by whoever wants it, the same for everybody, asked for again each time. */

/** The answer with the file as a download. */
export function publicFile(bytes: Uint8Array, mediaType: string, fileName: string): Response {
  return new Response(bytes as Uint8Array<ArrayBuffer>, {
    headers: {
      'Content-Type': mediaType,
      'Content-Length': String(bytes.length),
      'Content-Disposition': `attachment; filename="${fileName}"`,
      'Cache-Control': 'no-cache',
      'X-Content-Type-Options': 'nosniff',
    },
  })
}
