/** Files that survive a power cut and are never seen half written. Must never be used for what belongs in the database. */
import { randomBytes } from 'node:crypto'
import { link, mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'

async function flushDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function writeBeside(path: string, bytes: Uint8Array): Promise<string> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const temporary = join(dirname(path), `.new-${randomBytes(12).toString('hex')}`)
  const handle = await open(temporary, 'wx', 0o600)
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
  return temporary
}

/** Writes or replaces a file (mode 0600): after it returns the new bytes are on disk, before that the old ones are. */
export async function replaceFileDurably(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = await writeBeside(path, bytes)
  try {
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
  await flushDirectory(dirname(path))
}

/** Writes a file that must not exist yet (mode 0600); false when it does, whoever made it. */
export async function createFileDurably(path: string, bytes: Uint8Array): Promise<boolean> {
  const temporary = await writeBeside(path, bytes)
  try {
    // A hard link fails when the name is taken, where a rename would replace what another process just made.
    await link(temporary, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    await rm(temporary, { force: true })
  }
  await flushDirectory(dirname(path))
  return true
}
