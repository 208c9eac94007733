/** /c/SLUG/votes/POLL/receipts/SEQ: the receipt of a ballot of one's own, to print as a slip or to keep as a file. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { type MetaFunction, useLoaderData } from '@remix-run/react'
import { translate } from '#i18n'
import { LinkButton, Section, useT, useViewer, viewerOf } from '#ui'
import { ReceiptSlip } from '#ui/votes'
import { parseAnswers } from '#votes'
import { communityName } from './public/frame.tsx'
import { useChoiceLabel } from './votes/cast-screens.tsx'
import { OwnerPage } from './votes/owner-page.tsx'
import { enterOwner } from './votes/owner-visit.server.ts'
import { readOwnReceipt } from './votes/receipt.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const visit = await enterOwner(request, params.slug)
  const { mine, receipt, commitment } = await readOwnReceipt(visit, params)
  const { questions, title } = mine.poll.motion
  const ballot = mine.units.flatMap(unit => unit.ballots).find(each => each.seq === receipt.seq)
  if (ballot === undefined) throw new Response(null, { status: 404 })
  const answers = parseAnswers(
    questions.map(question => question.questionId),
    receipt.answers,
  )
  const given = answers.ok && 'choices' in answers.value ? [...answers.value.choices] : []
  return {
    frame: visit.frame,
    poll: { pollId: mine.poll.pollId, title, questions },
    withdraws: ballot.withdraws,
    choices: Object.fromEntries(given),
    slip: {
      seq: receipt.seq,
      unit: receipt.unit,
      receivedAt: ballot.receivedAt,
      channel: ballot.channel,
      commitment,
      leafIndex: receipt.proof === null ? null : receipt.leafIndex,
      checkUrl: `${visit.portal.settings.baseUrl}/verify`,
    },
  }
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('ballot.receipt')} · ${t('site.name')}` }, { name: 'robots', content: 'noindex' }]
}

export default function ReceiptPage() {
  const { frame, poll, withdraws, choices, slip } = useLoaderData<typeof loader>()
  const t = useT()
  const { lang } = useViewer()
  const labelOf = useChoiceLabel()
  const path = `/c/${frame.community.slug}/votes/${poll.pollId}`
  const answers = withdraws
    ? [{ title: poll.title, answer: t('ballot.wasWithdrawal') }]
    : poll.questions.flatMap(question => {
        const choice = choices[question.questionId]
        return choice === undefined ? [] : [{ title: question.title, answer: labelOf(question, choice) }]
      })
  return (
    <OwnerPage
      frame={frame}
      crumbs={[{ href: `${path}/mine`, label: t('ballot.mineTitle') }]}
      title={t('ballot.receipt')}
      lead={t('ballot.receiptLead')}
      actions={
        <LinkButton icon="download" download href={`${path}/receipts/${slip.seq}/json`}>
          {t('ballot.receiptFile')}
        </LinkButton>
      }
      notContained={[t('ballot.omitOthers')]}
    >
      <ReceiptSlip
        receipt={{ ...slip, answers, community: communityName(lang, frame.community), pollTitle: poll.title }}
      />
      <Section title={t('ballot.howToCheck')}>
        <ol>
          <li>{t('ballot.check1')}</li>
          <li>{t('ballot.check2')}</li>
          <li>{t('ballot.check3')}</li>
        </ol>
      </Section>
    </OwnerPage>
  )
}
