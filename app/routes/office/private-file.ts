/** A file for officers only: shown in the browser, kept by no cache. */

/** The answer; throws 404 where there is no such file. */
export function privateFile(
  file: { readonly bytes: Uint8Array; readonly mediaType: string; readonly fileName?: string } | null,
): Response {
  if (file === null) throw new Response(null, { status: 404 })
  const name = file.fileName === undefined ? '' : `; filename="${file.fileName}"`
  return new Response(file.bytes as Uint8Array<ArrayBuffer>, {
    headers: {
      'Content-Type': file.mediaType,
      'Content-Length': String(file.bytes.length),
      'Content-Disposition': `${file.fileName === undefined ? 'inline' : 'attachment'}${name}`,
      'Cache-Control': 'private, no-store',
    },
  })
}
