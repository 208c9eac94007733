/** Small pictures made chunk by chunk: well formed enough for whoever reads their structure, without a picture anybody could see. */
import { concatBytes, utf8 } from '#kernel'

function uint32(value: number, isLittle: boolean): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value, isLittle)
  return bytes
}

/** A chunk of a PNG; its checksum is not one, nothing of ours looks at it. */
export function pngChunk(name: string, body: Uint8Array): Uint8Array {
  return concatBytes(uint32(body.length, false), utf8(name), body, uint32(0, false))
}

/** A PNG with these chunks before and after its picture data. */
export function pngOf(before: readonly Uint8Array[] = [], after: readonly Uint8Array[] = []): Uint8Array {
  return concatBytes(
    Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk('IHDR', Uint8Array.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0])),
    ...before,
    pngChunk('IDAT', Uint8Array.from([1, 2, 3])),
    ...after,
    pngChunk('IEND', new Uint8Array()),
  )
}

/** A chunk of a WebP. */
export function webpChunk(name: string, body: Uint8Array): Uint8Array {
  return concatBytes(utf8(name), uint32(body.length, true), body, new Uint8Array(body.length % 2))
}

/** A WebP of these chunks. */
export function webpOf(...chunks: readonly Uint8Array[]): Uint8Array {
  const body = concatBytes(utf8('WEBP'), ...chunks)
  return concatBytes(utf8('RIFF'), uint32(body.length, true), body)
}
