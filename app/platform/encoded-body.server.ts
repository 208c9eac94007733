/** A finished body with its strong ETag, compressed once per encoding and sent as often as asked for. */
import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, gzip, constants as zlib } from 'node:zlib'

type Encoding = 'identity' | 'gzip' | 'br'

export interface EncodedBody {
  readonly byteCount: number
  /** The body in the best encoding the client takes, and its headers. Different bytes have different ETags. */
  encode(acceptEncoding: string | null): Promise<{ bytes: Uint8Array; headers: Record<string, string> }>
  /** True when the client already has one of our encodings of this body. */
  isKnown(ifNoneMatch: string | null): boolean
  /** The ETag to name in a 304: the one the client has. */
  knownEtag(ifNoneMatch: string | null): string
}

const gzipOf = promisify(gzip)
const brotliOf = promisify(brotliCompress)
const SUFFIX: Readonly<Record<Encoding, string>> = { identity: '', gzip: '-gz', br: '-br' }
/** Below this, compression saves less than its headers cost. */
const COMPRESS_BYTES_MIN = 1024

function accepts(acceptEncoding: string | null, encoding: string): boolean {
  return (acceptEncoding ?? '').split(',').some(part => {
    const [name, ...parameters] = part.split(';').map(piece => piece.trim().toLowerCase())
    return name === encoding && !parameters.some(parameter => /^q=0(?:\.0*)?$/.test(parameter))
  })
}

function compress(bytes: Uint8Array, encoding: Encoding, effort: 'page' | 'file'): Promise<Uint8Array> {
  if (encoding === 'gzip') return gzipOf(bytes, { level: effort === 'page' ? 6 : 9 })
  const quality = effort === 'page' ? 5 : 11
  return brotliOf(bytes, {
    params: { [zlib.BROTLI_PARAM_QUALITY]: quality, [zlib.BROTLI_PARAM_SIZE_HINT]: bytes.byteLength },
  })
}

/** Prepares a body. `effort` is how long compression may take: once per change of a page, or once per build of a file. */
export function encodedBody(
  bytes: Uint8Array,
  isCompressible: boolean,
  effort: 'page' | 'file',
): EncodedBody {
  const hash = createHash('sha256').update(bytes).digest('base64url').slice(0, 24)
  const kept = new Map<Encoding, Promise<Uint8Array>>([['identity', Promise.resolve(bytes)]])
  const etagOf = (encoding: Encoding) => `"${hash}${SUFFIX[encoding]}"`
  const known = (ifNoneMatch: string | null) =>
    (ifNoneMatch ?? '')
      .split(',')
      .map(tag => tag.trim().replace(/^W\//, ''))
      .find(tag => (Object.keys(SUFFIX) as Encoding[]).some(encoding => etagOf(encoding) === tag))
  const choose = (acceptEncoding: string | null): Encoding => {
    if (!isCompressible || bytes.byteLength < COMPRESS_BYTES_MIN) return 'identity'
    return (['br', 'gzip'] as const).find(encoding => accepts(acceptEncoding, encoding)) ?? 'identity'
  }
  return {
    byteCount: bytes.byteLength,
    async encode(acceptEncoding) {
      const encoding = choose(acceptEncoding)
      const encoded = kept.get(encoding) ?? compress(bytes, encoding, effort)
      kept.set(encoding, encoded)
      const headers: Record<string, string> = { ETag: etagOf(encoding) }
      if (encoding !== 'identity') headers['Content-Encoding'] = encoding
      return { bytes: await encoded, headers }
    },
    isKnown: ifNoneMatch => known(ifNoneMatch) !== undefined,
    knownEtag: ifNoneMatch => known(ifNoneMatch) ?? etagOf('identity'),
  }
}
