/** /c/SLUG/vouchers/KEY: one voucher, first in a plain sentence, then everything behind it. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { type MetaFunction, useLoaderData } from '@remix-run/react'
import { formatVoucherKey, parseVoucherKey } from '#ledger'
import { currentPortal } from '#platform'
import { DefinitionList, InstantText, PeriodText, Section, useT, useViewer } from '#ui'
import { ChallengesSection } from '#ui/voice'
import { readChallengesOn } from '#voice/server'
import { EntryList } from './oversight/entries.tsx'
import { type Remarks, readRemarks } from './oversight/view.server.ts'
import { communityAt, maySeeDetail, publicPage, withheld } from './public/community.server.ts'
import { PublicPage, publicHeaders, publicMeta, useOmissions, Withheld } from './public/frame.tsx'
import { DocumentsSection, ProofSection } from './public/voucher-evidence.tsx'
import {
  BankLinesSection,
  Corrections,
  NotesSection,
  PostingsSection,
  StepsSection,
  VoucherBudgetSection,
} from './public/voucher-sections.tsx'
import { payeeText, voucherSentence } from './public/voucher-sentence.tsx'
import { readVoucherView, type VoucherPage } from './public/voucher-view.server.ts'

export async function loader({ params, request }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const community = await communityAt(portal, params.slug)
  const key = parseVoucherKey(params.key ?? '')
  if (key === null) throw new Response(null, { status: 404 })
  if (!(await maySeeDetail(portal, request, community))) return withheld(community)
  const voucher = await readVoucherView(portal, community, key)
  if (voucher === null) throw new Response(null, { status: 404 })
  const subject = { kind: 'voucher', key: voucher.number } as const
  const challenges = await readChallengesOn(portal, community, subject)
  const remarks = await readRemarks(portal, community, formatVoucherKey(key))
  // Until a checkpoint covers it, the page changes without the books changing.
  return publicPage(community, { ...voucher, subject, challenges, remarks }, voucher.log.isPublished)
}

export const headers = publicHeaders

export const meta: MetaFunction<typeof loader> = ({ data, location, params }) =>
  publicMeta(location.search, data?.community, t => t('vouchers.pageTitle', { number: params.key ?? '' }))

export default function VoucherRoute() {
  const page = useLoaderData<typeof loader>()
  if ('withheld' in page) {
    return <Withheld community={page.community} path={`/c/${page.community.slug}/vouchers`} />
  }
  return <Voucher voucher={page} />
}

type AskedVoucher = VoucherPage &
  Pick<Parameters<typeof ChallengesSection>[0], 'subject' | 'challenges'> & {
    readonly remarks: Remarks
  }

function Voucher({ voucher }: { readonly voucher: AskedVoucher }) {
  const t = useT()
  const { lang } = useViewer()
  const omissions = useOmissions(voucher)
  const payee = payeeText(voucher, t)
  const path = `/c/${voucher.community.slug}/vouchers`
  return (
    <PublicPage
      of={voucher.community}
      area="vouchers"
      breadcrumb={[{ href: path, label: t('vouchers.title') }]}
      kicker={t(`vouchers.kind.${voucher.kind}`)}
      title={t('vouchers.pageTitle', { number: voucher.number })}
      lead={<span className="sentence">{voucherSentence(voucher, t, lang)}</span>}
      asOf={{ at: voucher.asOf, reconciledThrough: voucher.reconciledThrough }}
      notContained={[t('community.omitPersons'), t('community.omitOriginals'), ...omissions.slice(0, -1)]}
    >
      <Corrections voucher={voucher} />
      {voucher.challenges.some(each => each.isOverdue) && <Asked voucher={voucher} />}
      <Section title={t('vouchers.factsTitle')}>
        <DefinitionList
          items={[
            {
              term: t('vouchers.narration'),
              detail: <span lang={lang === 'en' ? 'zh-CN' : undefined}>{voucher.narration}</span>,
            },
            ...(payee === null ? [] : [{ term: t('vouchers.payee'), detail: payee }]),
            { term: t('vouchers.number'), detail: voucher.number },
            { term: t('vouchers.entered'), detail: <PeriodText period={voucher.period} /> },
            { term: t('vouchers.recordedAt'), detail: <InstantText at={voucher.postedAt} /> },
          ]}
        />
      </Section>
      {voucher.remarks.entries.length > 0 && <EntryList slug={voucher.community.slug} {...voucher.remarks} />}
      <StepsSection voucher={voucher} />
      <NotesSection voucher={voucher} />
      <DocumentsSection voucher={voucher} />
      <PostingsSection voucher={voucher} />
      <BankLinesSection voucher={voucher} />
      <VoucherBudgetSection voucher={voucher} />
      {!voucher.challenges.some(each => each.isOverdue) && <Asked voucher={voucher} />}
      <ProofSection voucher={voucher} />
    </PublicPage>
  )
}

/** What was asked about it: at the top while an answer is overdue. */
function Asked({ voucher }: { readonly voucher: AskedVoucher }) {
  const { community, subject, challenges } = voucher
  return <ChallengesSection slug={community.slug} subject={subject} challenges={challenges} />
}
