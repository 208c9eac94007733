/** `migrate`: brings the database to the newest schema and says what was applied. */
import type { OpenPortal } from '#platform/process'
import { type ExitCode, inBothLanguages, print, readArguments, withPortal } from './command-line.ts'

/** Runs the command; resolves to the exit code. */
export async function migrateCommand(args: string[]): Promise<ExitCode> {
  readArguments(args, {})
  return withPortal(async portal => {
    const { migrated } = portal as OpenPortal
    for (const name of migrated) await print(name)
    await print(inBothLanguages('cli.migrated', { count: migrated.length }))
    return 0
  })
}
