/**
 * `fsck [--json]`: re-derives every sum, digest and proof of every community and names what is off. Exit 0 all in order,
 * 1 something is off. Writes nothing.
 */
import { checkCouncil } from '#council/server'
import { checkLedger, checkPoints, type LedgerCommunity, readCommunities } from '#ledger/server'
import { checkOversight } from '#oversight/server'
import { checkPeople } from '#people/server'
import type { Portal } from '#platform'
import { checkProjects } from '#projects/server'
import { checkStatements } from '#statements/server'
import { checkLog, openLogSigner, openSignGuard, readLogSize } from '#tlog/server'
import { checkVoice } from '#voice/server'
import { checkVotes } from '#votes/server'
import {
  type ExitCode,
  inBothLanguages,
  jsonText,
  print,
  readArguments,
  WrongUse,
  withPortal,
} from './command-line.ts'

interface Finding {
  readonly room:
    | 'people'
    | 'ledger'
    | 'points'
    | 'votes'
    | 'council'
    | 'voice'
    | 'projects'
    | 'tlog'
    | 'statements'
    | 'oversight'
  readonly invariant: string
  readonly reference: string
  readonly found: string
}

/** Everything of one community derived again, by the check of each room. */
export async function checkCommunity(portal: Portal, community: LedgerCommunity) {
  const people = await checkPeople(portal, community)
  const ledger = await checkLedger(portal, community)
  const points = await checkPoints(portal, community)
  const votes = await checkVotes(portal, community)
  const council = await checkCouncil(portal, community)
  const voice = await checkVoice(portal, community)
  const projects = await checkProjects(portal, community)
  const statements = await checkStatements(portal, community)
  const oversight = await checkOversight(portal, community)
  const { key } = await openLogSigner(portal, community.logOrigin)
  const lastSigned = await openSignGuard(portal).last(community.logOrigin)
  const log = await checkLog(portal.db, community.communityId, [key], lastSigned)
  const findings: Finding[] = [
    ...people.findings.map(finding => ({ room: 'people' as const, ...finding })),
    ...ledger.findings.map(finding => ({ room: 'ledger' as const, ...finding })),
    ...points.findings.map(finding => ({ room: 'points' as const, ...finding })),
    ...votes.findings.map(finding => ({ room: 'votes' as const, ...finding })),
    ...council.findings.map(finding => ({ room: 'council' as const, ...finding })),
    ...voice.findings.map(finding => ({ room: 'voice' as const, ...finding })),
    ...projects.findings.map(finding => ({ room: 'projects' as const, ...finding })),
    ...statements.findings.map(finding => ({ room: 'statements' as const, ...finding })),
    ...oversight.findings.map(finding => ({ room: 'oversight' as const, ...finding })),
    ...log.map(({ code, ...where }) => ({
      room: 'tlog' as const,
      invariant: code,
      reference: community.logOrigin,
      found: JSON.stringify(where),
    })),
  ]
  return {
    slug: community.slug,
    ok: findings.length === 0,
    vouchers: ledger.vouchers,
    leaves: await readLogSize(portal.db, community.communityId),
    statements: statements.statements,
    polls: votes.polls,
    ballots: votes.ballots,
    cases: voice.cases,
    proposals: projects.proposals,
    pointVouchers: points.vouchers,
    findings,
  }
}

/** Runs the command; resolves to the exit code. */
export async function fsckCommand(args: string[]): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, { json: { type: 'boolean', default: false } })
  if (positionals.length > 0) throw new WrongUse('cli.usage')
  return withPortal(async portal => {
    const communities: Awaited<ReturnType<typeof checkCommunity>>[] = []
    for (const community of await readCommunities(portal.db)) {
      communities.push(await checkCommunity(portal, community))
    }
    const ok = communities.every(community => community.ok)
    if (values.json) await print(jsonText({ ok, communities }))
    else {
      for (const { slug, vouchers, leaves, statements, findings } of communities) {
        if (findings.length === 0) {
          await print(inBothLanguages('cli.fsckClean', { community: slug, vouchers, leaves, statements }))
        }
        for (const { room, invariant, reference, found } of findings) {
          const values = { community: slug, invariant: `${room}/${invariant}`, reference, found }
          process.stderr.write(`${inBothLanguages('cli.fsckFinding', values)}\n`)
        }
      }
    }
    return ok ? 0 : 1
  })
}
