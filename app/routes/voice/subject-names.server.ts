/** Names of what cases are about: the titles of motions, the accounts of budget lines. Reads only what is public. */
import { accountByCode } from '#ledger'
import { type LedgerCommunity, readChart } from '#ledger/server'
import type { Portal } from '#platform'
import type { SubjectNames } from '#ui/voice'
import type { Subject } from '#voice'
import { readPolls } from '#votes/server'

/** The names of some subjects; vouchers and months are called by their key. */
export async function subjectNames(
  portal: Portal,
  community: LedgerCommunity,
  subjects: readonly (Subject | null)[],
): Promise<SubjectNames> {
  const wanted = (kind: Subject['kind']) => subjects.filter(subject => subject?.kind === kind)
  const names: Record<string, { nameZh: string; nameEn: string }> = {}
  if (wanted('motion').length > 0) {
    for (const { pollId, title } of await readPolls(portal, community, null)) {
      names[`motion:${pollId}`] = { nameZh: title, nameEn: title }
    }
  }
  const lines = wanted('budget-line')
  if (lines.length > 0) {
    const { accounts } = await readChart(portal.db, community.communityId)
    for (const line of lines) {
      const [year, , code] = line!.key.split('.')
      const account = accountByCode(accounts, code ?? '')
      if (account === null) continue
      names[`budget-line:${line!.key}`] = {
        nameZh: `${year} ${account.nameZh}`,
        nameEn: `${year} ${account.nameEn}`,
      }
    }
  }
  return names
}
