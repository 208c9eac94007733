/**
 * Packs an archive's files into one zip, always into the same bytes, and unpacks one that somebody brought: within bounds of
 * size, number and names, because a zip is believed nothing.
 */
import { unzipSync, zip, zipSync } from 'fflate'
import { err, ok, type Result } from '#kernel'
import type { ArchiveFiles } from './archive-file.ts'

/** Larger than any archive of a community, smaller than the memory of a small machine. */
export const ARCHIVE_LIMIT_BYTES = 512 * 1024 * 1024
const LARGEST_FILE_BYTES = 512 * 1024 * 1024
const LARGEST_WHOLE_BYTES = 1024 * 1024 * 1024
const MOST_FILES = 20_000
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}(\/[A-Za-z0-9][A-Za-z0-9._-]{0,99}){0,4}$/
const [STORED, DEFLATED] = [0, 8]
/** No more than this can come of one byte of deflate. */
const MOST_INFLATION = 1032

/** The first day that a zip can name: an archive's bytes depend on its content alone. */
const NO_DAY = new Date(1980, 0, 1)

export type UnpackProblem = 'zip-too-large' | 'zip-broken' | 'zip-names' | 'zip-too-many'

/** One zip of all files. */
export function packArchive(files: ArchiveFiles): Uint8Array {
  return zipSync(Object.fromEntries(files), { level: 6, mtime: NO_DAY })
}

/** The same bytes, made in threads of their own: a server answers others meanwhile. */
export function packArchiveAside(files: ArchiveFiles): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    zip(Object.fromEntries(files), { level: 6, mtime: NO_DAY }, (problem, bytes) =>
      problem === null ? resolve(bytes) : reject(problem),
    )
  })
}

/** The files of a zip. Nothing is inflated before its name and its stated size are known to be within bounds. */
export function unpackArchive(bytes: Uint8Array): Result<ArchiveFiles, UnpackProblem> {
  if (bytes.length > ARCHIVE_LIMIT_BYTES) return err('zip-too-large')
  const names = new Set<string>()
  let problem: UnpackProblem | null = null
  let whole = 0
  try {
    const files = unzipSync(bytes, {
      filter: ({ name, size, originalSize, compression }) => {
        whole += originalSize
        if (!NAME.test(name) || names.has(name)) problem ??= 'zip-names'
        else if (names.size >= MOST_FILES) problem ??= 'zip-too-many'
        else if (originalSize > LARGEST_FILE_BYTES || whole > LARGEST_WHOLE_BYTES) problem ??= 'zip-too-large'
        else if (![STORED, DEFLATED].includes(compression) || originalSize > size * MOST_INFLATION)
          problem ??= 'zip-broken'
        names.add(name)
        return problem === null
      },
    })
    return problem === null ? ok(new Map(Object.entries(files))) : err(problem)
  } catch {
    return err(problem ?? 'zip-broken')
  }
}
