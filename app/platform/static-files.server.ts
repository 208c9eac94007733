/** The files of the build, by exact address: nothing outside the listed files can be asked for. */
import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import { type EncodedBody, encodedBody } from './encoded-body.server.ts'

export interface StaticFile {
  readonly body: EncodedBody
  readonly headers: Readonly<Record<string, string>>
}

/** The file at an address path; null when there is none. */
export type FindStaticFile = (path: string) => Promise<StaticFile | null>

const TYPES: Readonly<Record<string, readonly [type: string, isCompressible: boolean]>> = {
  '.css': ['text/css; charset=utf-8', true],
  '.html': ['text/html; charset=utf-8', true],
  '.ico': ['image/x-icon', false],
  '.js': ['text/javascript; charset=utf-8', true],
  '.json': ['application/json; charset=utf-8', true],
  '.pem': ['application/x-pem-file', true],
  '.png': ['image/png', false],
  '.svg': ['image/svg+xml', true],
  '.txt': ['text/plain; charset=utf-8', true],
  '.wasm': ['application/wasm', true],
  '.webmanifest': ['application/manifest+json', true],
  '.woff2': ['font/woff2', false],
}

function listFiles(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
}

/** Lists a directory once and serves its files; those under `assets/` carry a digest in their name and never change. */
export function openStaticFiles(directory: string): FindStaticFile {
  const paths = new Map(
    listFiles(directory).map(file => [`/${relative(directory, file).split(sep).join('/')}`, file]),
  )
  const opened = new Map<string, Promise<StaticFile>>()
  const openFile = async (path: string, file: string): Promise<StaticFile> => {
    const [type, isCompressible] = TYPES[extname(file)] ?? ['application/octet-stream', false]
    const isImmutable = path.startsWith('/assets/')
    return {
      body: encodedBody(new Uint8Array(await readFile(file)), isCompressible, 'file'),
      headers: {
        'Content-Type': type,
        'Cache-Control': isImmutable ? 'public, max-age=31536000, immutable' : 'public, max-age=3600',
        ...(isCompressible ? { Vary: 'Accept-Encoding' } : {}),
      },
    }
  }
  return async path => {
    const file = paths.get(path)
    if (file === undefined) return null
    const known = opened.get(path) ?? openFile(path, file)
    opened.set(path, known)
    return known
  }
}
