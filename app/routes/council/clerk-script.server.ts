/** Where the build put the script of the pages on which a clerk writes. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { projectRoot } from '#platform'

let address: string | null = null

/** The script's address; null where no build was made: then the form saves by its button alone. */
export async function readClerkScript(): Promise<string | null> {
  const path = join(projectRoot(), 'build', 'clerk', 'script.txt')
  address ??= await readFile(path, 'utf8').then(
    text => text.trim(),
    () => null,
  )
  return address
}
