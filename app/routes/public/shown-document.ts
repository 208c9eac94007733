/** A document that anybody may open in the browser, addressed by its digest and shut in completely. */

/** What may be shown in a browser. Anything else that got this far is not served. */
const FILE_ENDINGS: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
}

/**
 * A picture needs nothing and is shut in completely. Browsers open a PDF in a viewer of their own, which `sandbox` would
 * leave blank; it may load nothing either.
 */
function policyOf(mediaType: string): string {
  const alone = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
  return mediaType === 'application/pdf' ? `${alone}; style-src 'unsafe-inline'` : `${alone}; sandbox`
}

/** The answer; throws 404 where there is no such document, or it is none that a browser may show. */
export function shownDocument(
  sha: string,
  file: { readonly bytes: Uint8Array; readonly mediaType: string } | null,
): Response {
  const ending = file === null ? undefined : FILE_ENDINGS[file.mediaType]
  if (file === null || ending === undefined) throw new Response(null, { status: 404 })
  return new Response(new Uint8Array(file.bytes), {
    headers: {
      'Content-Type': file.mediaType,
      'Content-Disposition': `inline; filename="${sha.slice(0, 16)}.${ending}"`,
      'Content-Security-Policy': policyOf(file.mediaType),
      // Addressed by its content, which never changes; but it may be withdrawn.
      'Cache-Control': 'private, max-age=3600',
      'X-Content-Type-Options': 'nosniff',
    },
  })
}
