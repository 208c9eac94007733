/**
 * Answers the resources of c2sp.org/tlog-tiles below a log's prefix. A thin route hands in the path; nothing beyond the
 * newest checkpoint is ever answered, and what is missing is 404, because readers fall back on that status only.
 */
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Tx } from '#db'
import { readCheckpoint, readEntryBundle, readTile } from './read-log.server.ts'
import { parseTilePath } from './tile.ts'

export interface TlogAnswer {
  readonly status: 200 | 404
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array | string
}

const compress = promisify(gzip)

/** Any web page may read a public log. */
const OPEN = { 'access-control-allow-origin': '*', 'x-content-type-options': 'nosniff' }

const CHECKPOINT_HEADERS = {
  ...OPEN,
  'content-type': 'text/plain; charset=utf-8',
  'cache-control': 'public, max-age=2',
}

const TILE_HEADERS = {
  ...OPEN,
  'content-type': 'application/octet-stream',
  'cache-control': 'public, max-age=31536000, immutable',
}

/** A tile that is missing now will be there later: no cache may keep the refusal. */
const MISSING: TlogAnswer = {
  status: 404,
  headers: { ...OPEN, 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  body: '404\n',
}

async function answerBundle(bundle: Uint8Array, acceptEncoding: string): Promise<TlogAnswer> {
  const headers = { ...TILE_HEADERS, vary: 'accept-encoding' }
  if (!/(?:^|,)\s*gzip\s*(?:,|$|;\s*q=(?!0(?:\.0*)?\s*(?:,|$)))/i.test(acceptEncoding)) {
    return { status: 200, headers, body: bundle }
  }
  return { status: 200, headers: { ...headers, 'content-encoding': 'gzip' }, body: await compress(bundle) }
}

/**
 * Answers a GET of `checkpoint`, `tile/<L>/<N>[.p/<W>]` or `tile/entries/<N>[.p/<W>]`, the path relative to the log's
 * prefix and without leading slash. `acceptEncoding` is the request's header; bundles are compressed on demand.
 */
export async function answerTlogRequest(
  tx: Tx,
  communityId: number,
  path: string,
  acceptEncoding = '',
): Promise<TlogAnswer> {
  if (path === 'checkpoint') {
    const checkpoint = await readCheckpoint(tx, communityId)
    return checkpoint === null ? MISSING : { status: 200, headers: CHECKPOINT_HEADERS, body: checkpoint.note }
  }
  const parsed = parseTilePath(path)
  if (!parsed.ok) return MISSING
  if (parsed.value.level === 'entries') {
    const bundle = await readEntryBundle(tx, communityId, parsed.value)
    return bundle === null ? MISSING : answerBundle(bundle, acceptEncoding)
  }
  const hashes = await readTile(tx, communityId, parsed.value)
  return hashes === null ? MISSING : { status: 200, headers: TILE_HEADERS, body: hashes }
}
