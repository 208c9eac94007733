/**
 * The command line: `npm run -s portal -- COMMAND`. Finds the command, runs it, ends with its code: 0 good, 1 the answer is
 * no, 2 wrong use or unreadable input. Each command is one thin file beside this one and is loaded only when asked for.
 */
import { inBothLanguages, WrongUse } from './command-line.ts'

type Command = (args: string[]) => Promise<number>

const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  community: async () => (await import('./community.ts')).communityCommand,
  demo: async () => (await import('./demo-command.ts')).demoCommand,
  export: async () => (await import('./export.ts')).exportCommand,
  fsck: async () => (await import('./fsck.ts')).fsckCommand,
  import: async () => (await import('./import.ts')).importCommand,
  invite: async () => (await import('./invite.ts')).inviteCommand,
  jurisdiction: async () => (await import('./jurisdiction.ts')).jurisdictionCommand,
  keys: async () => (await import('./keys.ts')).keysCommand,
  migrate: async () => (await import('./migrate.ts')).migrateCommand,
  recompute: async () => (await import('./recompute.ts')).recomputeCommand,
  sample: async () => (await import('./sample.ts')).sampleCommand,
  sbom: async () => (await import('./sbom.ts')).sbomCommand,
  statement: async () => (await import('./statement.ts')).statementCommand,
  tally: async () => (await import('./tally.ts')).tallyCommand,
  verify: async () => (await import('./verify.ts')).verifyCommand,
}

async function run([name, ...args]: string[]): Promise<number> {
  const load = name === undefined || !Object.hasOwn(COMMANDS, name) ? undefined : COMMANDS[name]
  if (load === undefined) {
    const text =
      name === undefined
        ? inBothLanguages('cli.usage')
        : inBothLanguages('cli.unknownCommand', { command: name })
    process.stderr.write(`${text}\n`)
    return 2
  }
  try {
    return await (await load())(args)
  } catch (error) {
    if (!(error instanceof WrongUse)) throw error
    process.stderr.write(`${error.message}\n`)
    return 2
  }
}

process.exitCode = await run(process.argv.slice(2))
