/** Where the build put the script that shows similar questions while somebody writes. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { projectRoot } from '#platform'

let address: string | null = null

/** The script's address; null where no build was made: then the form asks before it enters, as it does without a script. */
export async function readSimilarScript(): Promise<string | null> {
  const path = join(projectRoot(), 'build', 'similar', 'script.txt')
  address ??= await readFile(path, 'utf8').then(
    text => text.trim(),
    () => null,
  )
  return address
}
