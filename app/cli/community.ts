/** `community list [--json]`: the communities of this portal. */
import { readCommunities } from '#ledger/server'
import { type ExitCode, jsonText, print, readArguments, WrongUse, withPortal } from './command-line.ts'

/** Runs the command; resolves to the exit code. */
export async function communityCommand(args: string[]): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, { json: { type: 'boolean', default: false } })
  if (positionals.length !== 1 || positionals[0] !== 'list') throw new WrongUse('cli.usage')
  return withPortal(async portal => {
    const communities = await readCommunities(portal.db)
    if (values.json) {
      await print(jsonText({ communities: communities.map(({ slug, name }) => ({ slug, name })) }))
    } else for (const { slug, name } of communities) await print(`${slug}\t${name}`)
    return 0
  })
}
