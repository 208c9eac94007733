/** The printed papers of a vote: ballots, the list on which deliveries are signed, the written proxy. Always Chinese, as the law's words are. */
import { translate } from '#i18n'
import { renderDeliveryList, renderPaperBallots, renderProxyForm, type Say } from '#statements/server'
import { choicesOf } from '#votes'
import { type PollView, readPapersToPrint, readPublicRoll } from '#votes/server'
import type { OfficeVisit } from './visit.server.ts'

export const PRINTED = ['ballots.pdf', 'delivery.pdf', 'proxy.pdf'] as const
export type Printed = (typeof PRINTED)[number]

const t = translate('zh-CN') as Say
const say: Say = (key, values = {}) => t(`statements.${key}`, values)

/** What to print: one building or all, and where the papers are handed in. */
export interface PrintRequest {
  readonly file: Printed
  readonly building: string
  readonly handInAt: string
}

/** The file; 404 for a draft, 422 where the font cannot draw a character of the motion. */
export async function printedPapers(
  visit: OfficeVisit,
  poll: PollView,
  request: PrintRequest,
): Promise<{ readonly bytes: Uint8Array; readonly mediaType: string; readonly fileName: string }> {
  const rows = await paperRows(visit, poll, request.building)
  const shared = {
    communityName: visit.community.name,
    slug: visit.community.slug,
    pollId: poll.pollId,
    title: poll.motion.title,
    opensAt: poll.opensAt,
    closesAt: poll.closesAt,
    handInAt: request.handInAt,
    portalUrl: visit.portal.settings.baseUrl,
    lang: 'zh-CN',
    say,
    // The same papers are the same file whenever they are printed.
    createdAt: poll.announcedAt ?? poll.opensAt,
  }
  const drawn =
    request.file === 'ballots.pdf'
      ? await renderPaperBallots({ ...shared, questions: questionsOf(poll), policy: poll.policy, rows })
      : request.file === 'delivery.pdf'
        ? await renderDeliveryList({ ...shared, rows })
        : await renderProxyForm({
            ...shared,
            questions: poll.motion.questions,
            proxyLimit: poll.policy.proxyLimit,
            unit: null,
          })
  if (!drawn.ok) throw new Response(null, { status: 422 })
  return { bytes: drawn.value, mediaType: 'application/pdf', fileName: request.file }
}

async function paperRows({ portal, actor, community }: OfficeVisit, poll: PollView, building: string) {
  const papers = await readPapersToPrint(portal, actor, community, { pollId: poll.pollId })
  const roll = await readPublicRoll(portal.db, community, poll.pollId)
  if (papers === null || roll === null) throw new Response(null, { status: 404 })
  const areas = new Map(roll.rows.map(row => [row.unit, row.area]))
  return papers
    .filter(paper => building === '' || paper.building === building)
    .map(({ paperNumber, unit, code }) => ({ paperNumber, unit, code, area: areas.get(unit)! }))
}

function questionsOf({ motion }: PollView) {
  return motion.questions.map(question => ({
    title: question.title,
    text: question.text,
    choices: choicesOf(question).map(choice => ({
      choice,
      label: question.plans.find(plan => plan.id === choice)?.label ?? null,
    })),
  }))
}
