/**
 * `recompute ARCHIVE.zip [--against OLDER.zip] [--vkey KEY] [--json]`: makes every figure and proof of an archive again; with
 * `--against`, shows that the newer one only appends. No database, no network, no clock.
 *
 * Keys come from `--vkey` (a verifier key, or a file of them), as often as wanted; without one the archive's own are taken,
 * and the answer says so. Exit 0 when every fact holds, 1 when one does not, 2 for wrong use or a file that is no archive.
 */
import { readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { type ArchiveFact, type ArchiveFiles, type Recomputation, recomputeArchive } from '#archive'
import { ARCHIVE_LIMIT_BYTES, unpackArchive } from '#archive/server'
import { type MessageKey, translate } from '#i18n'
import { type ExitCode, inBothLanguages, jsonText, print, readArguments, WrongUse } from './command-line.ts'

/** Runs the command; resolves to the exit code. */
export async function recomputeCommand(args: string[]): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, {
    against: { type: 'string' },
    vkey: { type: 'string', multiple: true, default: [] },
    json: { type: 'boolean', default: false },
  })
  const [path, ...others] = positionals
  if (path === undefined || others.length > 0) throw new WrongUse('cli.recomputeUsage')
  const vkeys = values.vkey.length === 0 ? null : values.vkey.map(readVkey).join('\n')
  const older = values.against === undefined ? null : readArchiveFile(values.against)
  const recomputed = recomputeArchive(readArchiveFile(path), { vkeys, older })
  if (!recomputed.ok) throw new WrongUse('cli.notAnArchive', { path })
  const { value } = recomputed
  await print(
    values.json
      ? jsonText({ ...value, keysFrom: vkeys === null ? 'archive' : 'reader' })
      : linesOf(value, vkeys === null).join('\n'),
  )
  return value.ok ? 0 : 1
}

function readArchiveFile(path: string): ArchiveFiles {
  const files = unpackArchive(readBytes(path))
  if (!files.ok) throw new WrongUse(`cli.unpack.${files.error}`, { path })
  return files.value
}

/** A path is relative to where the person stands, also under npm. */
function readBytes(path: string): Uint8Array {
  const place = resolve(process.env.INIT_CWD ?? process.cwd(), path)
  try {
    if (statSync(place).size <= ARCHIVE_LIMIT_BYTES) return readFileSync(place)
  } catch {
    throw new WrongUse('cli.fileUnreadable', { path })
  }
  throw new WrongUse('cli.unpack.zip-too-large', { path })
}

/** A verifier key as such, or a file of them. */
function readVkey(value: string): string {
  return /^[^+]+\+[0-9a-f]{8}\+/.test(value) ? value : new TextDecoder().decode(readBytes(value))
}

const zh = translate('zh-CN') as (key: MessageKey) => string
const en = translate('en') as (key: MessageKey) => string

/** One fact a line: its mark, its words in both languages, and what was found where it does not hold. */
function linesOf(result: Recomputation, areKeysOfArchive: boolean): readonly string[] {
  const factLine = ({ name, poll, ok, detail }: ArchiveFact) => {
    const key = `archive.fact.${name}` as MessageKey
    const about = poll === null ? '' : ` [${poll}]`
    return `${ok ? '✓' : '✗'}${about} ${zh(key)} / ${en(key)}${ok ? '' : `: ${detail}`}`
  }
  const { community, leafCount, root, signedBy } = result
  return [
    inBothLanguages(result.ok ? 'cli.recomputeHolds' : 'cli.recomputeFails', { community }),
    inBothLanguages('cli.recomputeLog', { leaves: leafCount, root }),
    ...(signedBy === null ? [] : [inBothLanguages('cli.recomputeSigned', { key: signedBy })]),
    ...(areKeysOfArchive ? [inBothLanguages('cli.recomputeOwnKeys')] : []),
    ...result.facts.map(factLine),
  ]
}
