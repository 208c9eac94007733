/** At start: asks once more for every timestamp that is still missing, of every kind of document. */
import type { Portal } from '#platform'
import { TALLY_CERTIFICATES } from './issue-certificate.server.ts'
import { resumeTimestampsOf } from './issue-document.server.ts'
import { MINUTES_COPIES } from './issue-minutes.server.ts'
import { FUND_STATEMENTS } from './issue-statement.server.ts'

export async function resumeTimestamps(portal: Portal): Promise<void> {
  if (portal.settings.timestampUrl === null) return
  for (const kind of [FUND_STATEMENTS, TALLY_CERTIFICATES, MINUTES_COPIES])
    await resumeTimestampsOf(portal, kind)
}
