/** `invite --community C --role ROLE --name NAME`: invites the first people of a community; prints the one-time code once. */
import { dateOf } from '#kernel'
import { isRole } from '#people'
import { inviteFromConsole } from '#people/server'
import {
  type ExitCode,
  inBothLanguages,
  jsonText,
  print,
  readArguments,
  requireCommunity,
  requireOption,
  WrongUse,
  withPortal,
} from './command-line.ts'

/** Runs the command; resolves to the exit code. */
export async function inviteCommand(args: string[]): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, {
    community: { type: 'string' },
    role: { type: 'string' },
    name: { type: 'string' },
    json: { type: 'boolean', default: false },
  })
  const role = requireOption(values.role, '--role')
  const displayName = requireOption(values.name, '--name')
  // A level above is overseen by a term there: `jurisdiction invite`.
  if (positionals.length > 0 || !isRole(role) || role === 'district_overseer') throw new WrongUse('cli.usage')
  return withPortal(async portal => {
    const { communityId } = await requireCommunity(portal, values.community)
    const from = dateOf(portal.clock.now())
    const invited = await inviteFromConsole(portal, { communityId, role, displayName, from, until: null })
    if (!invited.ok) {
      process.stderr.write(`${inBothLanguages('cli.inviteRefused', { code: invited.error.code })}\n`)
      return 1
    }
    const { code, expiresAt } = invited.value
    const address = `${portal.settings.baseUrl}/invite/${code}`
    if (values.json) await print(jsonText({ code, address, expiresAt: expiresAt.toISOString() }))
    else await print(`${inBothLanguages('cli.invited', { code })}\n${address}`)
    return 0
  })
}
