/** What every command shares: how it says things, opens the portal, and ends. No rule of the domain. */
import { type ParseArgsConfig, parseArgs } from 'node:util'
import { type MessageKey, translate } from '#i18n'
import { type LedgerCommunity, readCommunity } from '#ledger/server'
import type { Actor } from '#people'
import type { Portal } from '#platform'
import { describeSettingProblems, EmbeddedDatabaseInUse, openPortal, readSettings } from '#platform/process'

/** 0 good, 1 the answer is no, 2 wrong use or unreadable input. */
export type ExitCode = 0 | 1 | 2

const zh = translate('zh-CN') as (key: string, values: Values) => string
const en = translate('en') as (key: string, values: Values) => string
type Values = Readonly<Record<string, string | number>>
type CliKey = Extract<MessageKey, `cli.${string}`>

/** A text in Chinese, then in English. */
export function inBothLanguages(key: CliKey, values: Values = {}): string {
  return `${zh(key, values)}\n${en(key, values)}`
}

/** Thrown to end a command as wrongly used; its message is for the person. */
export class WrongUse extends Error {
  constructor(key: CliKey, values: Values = {}) {
    super(inBothLanguages(key, values))
  }
}

/** Waits until the text has left, so that an exit right after it cuts nothing off. */
export function print(text: string): Promise<void> {
  return new Promise((done, fail) => {
    process.stdout.write(`${text}\n`, error => (error ? fail(error) : done()))
  })
}

/** JSON with bigint as decimal text and instants as RFC 3339. */
export function jsonText(value: unknown): string {
  return JSON.stringify(
    value,
    (_, member: unknown) => (typeof member === 'bigint' ? member.toString() : member),
    2,
  )
}

/** The arguments of a command; anything it does not know is wrong use. */
export function readArguments<Options extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: Options,
) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options })
  } catch {
    throw new WrongUse('cli.usage')
  }
}

/** The option's value, or wrong use. */
export function requireOption(value: string | undefined, option: string): string {
  if (value === undefined || value === '') throw new WrongUse('cli.missingOption', { option })
  return value
}

/** Opens the portal of the environment for the command and closes it after. Bad settings and a busy database are wrong use. */
export async function withPortal(work: (portal: Portal) => Promise<ExitCode>): Promise<ExitCode> {
  const settings = readSettings(process.env)
  if (!settings.ok) {
    process.stderr.write(`${describeSettingProblems(settings.error)}\n`)
    return 2
  }
  try {
    // A command speaks on its own streams: operations' log lines would mix with its JSON.
    const portal = await openPortal({ ...settings.value, logLevel: 'silent' })
    try {
      return await work(portal)
    } finally {
      await portal.close()
    }
  } catch (error) {
    if (error instanceof EmbeddedDatabaseInUse) throw new WrongUse('cli.databaseInUse')
    throw error
  }
}

/** The community of the option `--community`, or wrong use. */
export async function requireCommunity(portal: Portal, slug: string | undefined): Promise<LedgerCommunity> {
  const name = requireOption(slug, '--community')
  const community = await readCommunity(portal.db, name)
  if (community === null) throw new WrongUse('cli.communityUnknown', { community: name })
  return community
}

/**
 * The operator at the console acting as bookkeeper in one community. Whoever runs commands holds the keys and the database
 * anyway; acts are recorded under `console`, which is nobody's account and can never be a second person on a voucher.
 */
export function consoleBookkeeper(communityId: number): Actor {
  return {
    userId: 'console',
    displayName: 'console',
    roles: [{ communityId, role: 'bookkeeper' }],
    sessionId: 'console',
  }
}
