/** A count as its page shows it: verdicts and figures by question, the digest, who signed, what is still to post. */
import type { Lang } from '#i18n'
import { readDisplayNames } from '#people/server'
import { type CountedView, type CountView, SIGNERS, type Signer } from '#ui/desk'
import { type PollView, type QuestionResult, readCertificateSource, readDesk } from '#votes/server'
import { certificateView } from './certificate-acts.server.ts'
import { reasonText, wordsIn } from './poll-refusals.ts'
import type { OfficeVisit } from './visit.server.ts'

/** Everything the page shows; null until the poll is counted. */
export async function countView(
  visit: OfficeVisit,
  poll: PollView,
  lang: Lang,
  jobId: string | null,
): Promise<CountView | null> {
  const { portal, community } = visit
  const source = await readCertificateSource(portal.db, community, poll.pollId)
  if (source === null) return null
  const { result, signers } = source
  const names = await readDisplayNames(
    portal.db,
    signers.map(signer => signer.userId),
  )
  const signed: Partial<Record<Signer, { at: Date; name: string | null }>> = {}
  for (const { step, userId, at } of signers) signed[step] = { at, name: names.get(userId) ?? null }
  return {
    pollId: poll.pollId,
    countedAt: result.countedAt,
    digest: result.digest,
    counted: result.questions.flatMap(countedOf),
    election: result.election,
    importedFrom: result.imported?.system ?? null,
    signed,
    mine: signatureOfMine(visit, signers),
    posting: {
      postedBy: source.deadlines.postedBy,
      postedOn: poll.deadlines?.postedOn ?? null,
      isOverdue: poll.deadlines?.isPostingOverdue ?? false,
    },
    refused: Object.entries(source.refusedPapers).map(([reason, count]) => ({
      reason: reasonText(reason, wordsIn(lang)),
      count,
    })),
    certificate: await certificateView(visit, poll.pollId, jobId),
  }
}

/** A question, or each of its plans. */
function countedOf(result: QuestionResult): readonly CountedView[] {
  const { question, class: matterClass } = result
  const title = question.title
  if (result.plans.length === 0) {
    return [{ key: question.questionId, title, of: null, matterClass, figures: result.figures }]
  }
  return result.plans.map(figures => ({
    key: `${question.questionId} ${figures.plan}`,
    title,
    of: question.plans.find(plan => plan.id === figures.plan)?.label ?? figures.plan,
    matterClass,
    figures,
  }))
}

/** The next signature, when it belongs to the person's office and they have not signed another. */
function signatureOfMine(
  { actor, frame }: OfficeVisit,
  signers: readonly { readonly step: Signer; readonly userId: string }[],
): Signer | null {
  if (signers.some(signer => signer.userId === actor.userId)) return null
  const open = SIGNERS.filter(each => !signers.some(signer => signer.step === each))
  const mine = open.find(each => (each === 'party-branch' ? frame.may.witness : frame.may.signOff))
  return mine ?? null
}

/** Numbers of the papers that were received in time and are not read to the end. */
export async function pendingPapers(
  { portal, actor, community }: OfficeVisit,
  poll: PollView,
): Promise<readonly number[]> {
  if (poll.state !== 'open' && poll.state !== 'closed') return []
  const desk = await readDesk(portal, actor, community, poll.pollId)
  return (desk?.pending ?? []).map(paper => paper.paperNumber)
}
