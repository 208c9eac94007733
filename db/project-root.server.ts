/** Where the project's files are, from sources and from the build alike. Must never depend on the user's directory. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

let root: string | null = null

/** The directory that holds package.json with our name, upwards from this file (sources) or from the bundle (build/server). */
export function projectRoot(): string {
  if (root !== null) return root
  let directory = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(directory, 'remix.config.js'))) {
    const parent = dirname(directory)
    if (parent === directory) throw new Error('the project directory was not found above the program')
    directory = parent
  }
  root = directory
  return root
}
