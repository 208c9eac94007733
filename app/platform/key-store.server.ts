/**
 * Secret keys as files that only the portal's own account may read. Refuses to work with a directory or a file that
 * others may open, and never replaces a key.
 */
import { chmod, mkdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { createFileDurably } from './durable-file.server.ts'

export interface KeyStore {
  /** The bytes of the key; made once by `make` and kept when it is not there yet. Two processes asking at once get the same key. */
  readOrCreate(name: string, make: () => Uint8Array | Promise<Uint8Array>): Promise<Uint8Array>
  /** The bytes of the key; null when it was never made. */
  read(name: string): Promise<Uint8Array | null>
  /** Where the keys are, for messages to the operator. */
  readonly directory: string
}

/** A key that others can read is no key: the operator must look at it before the portal uses it. */
export class KeyPermissionsTooWide extends Error {
  constructor(
    readonly path: string,
    readonly mode: number,
  ) {
    super(
      `${path} has permissions ${mode.toString(8).padStart(4, '0')}: only its owner may read it. ` +
        `If nobody else has read it, run: chmod go-rwx ${path}`,
    )
    this.name = 'KeyPermissionsTooWide'
  }
}

async function assertPrivate(path: string): Promise<void> {
  const mode = (await stat(path)).mode & 0o777
  if ((mode & 0o077) !== 0) throw new KeyPermissionsTooWide(path, mode)
}

async function readPrivate(path: string): Promise<Uint8Array | null> {
  try {
    await assertPrivate(path)
    return new Uint8Array(await readFile(path))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** A store in a directory of mode 0700 with files of mode 0600; names are a-z, 0-9, dots and hyphens. */
export function directoryKeyStore(directory: string): KeyStore {
  const pathOf = (name: string) => {
    if (!/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/.test(name))
      throw new Error(`invariant broken: key name ${name}`)
    return join(directory, name)
  }
  const prepare = async () => {
    const made = await mkdir(directory, { recursive: true, mode: 0o700 })
    // The mode of mkdir is narrowed by the umask, and wider parents do not matter: only our own new directory is set.
    if (made !== undefined) await chmod(directory, 0o700)
    await assertPrivate(directory)
  }
  return {
    directory,
    async readOrCreate(name, make) {
      const path = pathOf(name)
      await prepare()
      const kept = await readPrivate(path)
      if (kept !== null) return kept
      await createFileDurably(path, await make())
      const made = await readPrivate(path)
      if (made === null) throw new Error(`invariant broken: key ${name} vanished while it was made`)
      return made
    },
    async read(name) {
      const path = pathOf(name)
      await prepare()
      return readPrivate(path)
    },
  }
}
