/**
 * Source documents and issued files by their SHA-256: written once, checked on every read, never changed. The interface
 * is what an S3-compatible store will implement; this file keeps a directory.
 */
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { sha256Hex } from '#kernel'
import { createFileDurably } from './durable-file.server.ts'

export interface ObjectStore {
  /** Keeps the bytes durably and gives their SHA-256 (64 hexadecimal digits). Keeping the same bytes twice keeps them once. */
  put(bytes: Uint8Array): Promise<string>
  /** The bytes of a digest; null when there are none. Throws `ObjectDamaged` when the stored bytes have another digest. */
  read(digest: string): Promise<Uint8Array | null>
  has(digest: string): Promise<boolean>
  /** Every digest kept, in no order: for fsck. */
  digests(): AsyncIterable<string>
}

/** What was stored is no longer what was put: a defect of the store, never shown as the document. */
export class ObjectDamaged extends Error {
  constructor(readonly digest: string) {
    super(`the stored object ${digest} does not have its digest any more`)
    this.name = 'ObjectDamaged'
  }
}

const DIGEST = /^[0-9a-f]{64}$/

function assertDigest(digest: string): void {
  // The digest becomes a path: anything else would leave the directory.
  if (!DIGEST.test(digest)) throw new Error('invariant broken: not a digest of an object')
}

async function readIfPresent(path: string): Promise<Uint8Array | null> {
  try {
    return new Uint8Array(await readFile(path))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

async function namesIn(directory: string): Promise<string[]> {
  try {
    return await readdir(directory)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/** A store in `directory/aa/bb/aabb…`, files 0600, directories 0700. */
export function directoryObjectStore(directory: string): ObjectStore {
  const pathOf = (digest: string) => join(directory, digest.slice(0, 2), digest.slice(2, 4), digest)
  return {
    async put(bytes) {
      const digest = sha256Hex(bytes)
      await createFileDurably(pathOf(digest), bytes)
      return digest
    },
    async read(digest) {
      assertDigest(digest)
      const bytes = await readIfPresent(pathOf(digest))
      if (bytes !== null && sha256Hex(bytes) !== digest) throw new ObjectDamaged(digest)
      return bytes
    },
    async has(digest) {
      assertDigest(digest)
      return stat(pathOf(digest)).then(
        () => true,
        () => false,
      )
    },
    async *digests() {
      for (const first of await namesIn(directory)) {
        for (const second of await namesIn(join(directory, first))) {
          for (const name of await namesIn(join(directory, first, second))) if (DIGEST.test(name)) yield name
        }
      }
    },
  }
}
