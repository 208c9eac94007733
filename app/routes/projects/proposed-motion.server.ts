/** The form of a motion filled in from a proposal: its words, its question, its money. In Chinese, as motions are. */
import { translate } from '#i18n'
import { formatYuanPlain } from '#kernel'
import { mayMakeMotion, type ProposalView } from '#projects'
import { readProposal } from '#projects/server'
import { type EnteredMotion, NO_QUESTION } from '#ui/desk'
import type { OfficeVisit } from '../office/visit.server.ts'

/** 有关共有和共同管理权利的其他重大事项: what a small project falls under, unless the officer knows better. */
const OTHER_MATTERS = '9'

/** The proposal that an address names; null when it names none. Throws 404 for no such proposal, 403 where no motion can be made of it. */
export async function proposalOf(visit: OfficeVisit, request: Request): Promise<ProposalView | null> {
  const proposalId = new URL(request.url).searchParams.get('proposal')
  if (proposalId === null) return null
  const { portal, actor, community } = visit
  const read = await readProposal(portal, community, actor, proposalId)
  if (read === null) throw new Response(null, { status: 404 })
  const reader = { actor, communityId: community.communityId, isOwn: read.isOwn }
  if (!mayMakeMotion(read.view, reader)) throw new Response(null, { status: 403 })
  return read.view
}

/** The fresh form with what the proposal says. */
export function proposedMotion(fresh: EnteredMotion, view: ProposalView): EnteredMotion {
  const t = translate('zh-CN')
  const { number, supports } = view
  const title = view.title ?? t('projects.hiddenTitle', { number })
  const place = view.place === null ? '' : t('projects.motionPlace', { place: view.place })
  const text = [view.text ?? '', place].filter(each => each !== '').join('\n')
  const summary = t('projects.motionSummary', { number, supports, text })
  const question = { ...NO_QUESTION, title: t('projects.motionQuestion', { title }), clause: OTHER_MATTERS }
  const money =
    view.wantedFen === 0n
      ? fresh.money
      : {
          ...fresh.money,
          amount: formatYuanPlain(view.wantedFen),
          payer: 'other',
          payerOther: t('projects.source.community'),
          projectText: title,
        }
  return { ...fresh, title, summary, questions: [question], money }
}
