/** /c/:slug/office/polls/:poll/preview: the motion as owners read it after the notice. Reads only. */
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { translate } from '#i18n'
import { fen } from '#kernel'
import { LinkButton, useT, viewerOf } from '#ui'
import { MotionSheet, type MotionSheetView, PollPage } from '#ui/desk'
import { officePath } from '#ui/office'
import type { PollView } from '#votes/server'
import { pollOf } from './office/poll-view.server.ts'
import { enterOffice } from './office/visit.server.ts'

function sheetOf(poll: PollView, at: (sha256: string) => string): MotionSheetView {
  const { motion } = poll
  return {
    summary: motion.summary,
    questions: motion.questions,
    money: motion.money === null ? null : { ...motion.money, amount: fen(BigInt(motion.money.amountFen)) },
    pros: motion.pros,
    cons: motion.cons,
    documents: motion.documents.map(({ name, sha256 }) => ({ name, href: at(sha256) })),
    policy: poll.policy,
    policyDigest: poll.policyDigest,
    rulesVersion: motion.rulesVersion,
    opensAt: poll.opensAt,
    closesAt: poll.closesAt,
    officialVoting: motion.officialVoting,
    officialSystem: motion.officialSystem,
  }
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'poll:read')
  const poll = await pollOf(visit, params.poll)
  const at = (sha256: string) => officePath(visit.frame.slug, 'polls', poll.pollId, 'documents', sha256)
  return {
    frame: visit.frame,
    poll: { pollId: poll.pollId, title: poll.motion.title },
    isDraft: poll.state === 'draft',
    motion: sheetOf(poll, at),
  }
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded, location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${loaded?.poll.title ?? t('officePolls.previewTitle')} · ${t('site.name')}` }]
}

export default function PreviewPage() {
  const { frame, poll, isDraft, motion } = useLoaderData<typeof loader>()
  const t = useT()
  return (
    <PollPage
      frame={frame}
      poll={poll}
      kicker={t('officePolls.previewTitle')}
      title={poll.title}
      lead={isDraft ? t('officePolls.previewLead') : undefined}
      actions={
        isDraft && frame.may.pollDraft ? (
          <LinkButton href={officePath(frame.slug, 'polls', poll.pollId, 'edit')} icon="draft">
            {t('officePolls.work.edit')}
          </LinkButton>
        ) : undefined
      }
    >
      <MotionSheet motion={motion} />
    </PollPage>
  )
}
