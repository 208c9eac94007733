/**
 * `statement --community C --period 2026-06 --out FILE`: issues the sealed statement of a closed month, or gives the same
 * file again. `--list` names the closed months.
 */
import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parsePeriod } from '#kernel'
import { readClosedMonths } from '#ledger/server'
import { issueFromConsole, readStatementFile } from '#statements/server'
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
import { documentTexts } from './document-texts.ts'
import { prepareKeys } from './prepare-keys.ts'

/** Runs the command; resolves to the exit code. */
export async function statementCommand(args: string[]): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, {
    community: { type: 'string' },
    period: { type: 'string' },
    out: { type: 'string' },
    list: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  })
  if (positionals.length > 0) throw new WrongUse('cli.usage')
  return withPortal(async portal => {
    const community = await requireCommunity(portal, values.community)
    if (values.list) {
      const periods = await readClosedMonths(portal.db, community)
      await print(values.json ? jsonText({ periods }) : periods.join('\n'))
      return 0
    }
    const text = requireOption(values.period, '--period')
    const out = requireOption(values.out, '--out')
    const period = parsePeriod(text)
    if (!period.ok) throw new WrongUse('cli.periodUnknown', { period: text })
    await prepareKeys(portal)
    const issued = await issueFromConsole(portal, community, period.value, documentTexts)
    if (!issued.ok) {
      process.stderr.write(
        `${inBothLanguages('cli.statementRefused', { period: text, code: issued.error.code })}\n`,
      )
      return 1
    }
    const file = await readStatementFile(portal, community, period.value, null)
    if (file === null) throw new Error('invariant broken: an issued statement without a file')
    await writeFile(resolve(process.env.INIT_CWD ?? process.cwd(), out), file.pdf)
    const { statementId, version } = file
    if (values.json)
      await print(jsonText({ statementId, version, period: text, out, pdfSha256: issued.value }))
    else await print(inBothLanguages('cli.written', { path: out }))
    return 0
  })
}
