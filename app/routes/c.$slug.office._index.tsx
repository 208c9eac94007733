/** /c/:slug/office: what waits for the person signed in. Reads only. */
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { translate } from '#i18n'
import { dateOf, lastDayOf } from '#kernel'
import { formatVoucherKey, nextToClose, voucherAmount } from '#ledger'
import {
  type OpenDraft,
  readBankImports,
  readBench,
  readControlChanges,
  readOpenDrafts,
  readPeriodState,
  readVoucherPage,
  type VoucherSummary,
} from '#ledger/server'
import { ButtonRow, LinkButton, useT, viewerOf } from '#ui'
import { OfficePage, officePath, type WaitingDraft, Workbench } from '#ui/office'
import { stepOfMine } from './office/draft-view.server.ts'
import { enterOffice, type OfficeVisit } from './office/visit.server.ts'

const DRAFTS_SHOWN = 200
const IMPORTS_SHOWN = 20
const VOUCHERS_SHOWN = 10

function waiting(draft: OpenDraft): WaitingDraft {
  return {
    draftId: draft.draftId,
    kind: draft.content.kind,
    occurredOn: draft.content.occurredOn,
    narration: draft.content.narration,
    amountFen: voucherAmount(draft.content.postings),
    due: draft.due,
    draftedBy: draft.draftedByName,
    draftedAt: draft.draftedAt,
    refusedBecause: draft.refusal?.reason ?? null,
  }
}

/** Changes that the reader may be the second for, each with the bank file it is about. */
async function changesOfMine({ portal, actor, community }: OfficeVisit) {
  const changes = (await readControlChanges(portal, actor, community)) ?? []
  return changes
    .filter(each => each.mayDecide)
    .map(({ changeId, change }) => ({
      changeId,
      kind: change.kind,
      reason: change.reason,
      importId: change.kind === 'map-columns' ? change.file.importId : null,
    }))
}

async function monthToClose({ portal, community }: OfficeVisit) {
  const next = nextToClose(await readPeriodState(portal.db, community))
  return dateOf(portal.clock.now()) > lastDayOf(next) ? next : null
}

function recent(vouchers: readonly VoucherSummary[]) {
  const named = (key: VoucherSummary['key'] | null) => (key === null ? null : formatVoucherKey(key))
  const reversed = new Set(vouchers.map(voucher => named(voucher.reverses)))
  const replaced = new Set(vouchers.map(voucher => named(voucher.replaces)))
  return vouchers.map(voucher => {
    const key = formatVoucherKey(voucher.key)
    const reverses = named(voucher.reverses)
    return {
      key,
      kind: voucher.kind,
      occurredOn: voucher.occurredOn,
      narration: voucher.narration,
      amountFen: voucher.amountFen,
      canReverse: voucher.kind !== 'reversal' && !reversed.has(key),
      reverses: replaced.has(reverses) ? null : reverses,
    }
  })
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const visit = await enterOffice(request, params.slug)
  const { portal, community, actor, frame } = visit
  const drafts = (await readOpenDrafts(portal, actor, community, DRAFTS_SHOWN)) ?? []
  const imports = (await readBankImports(portal, actor, community, IMPORTS_SHOWN)) ?? []
  const bench = await readBench(portal, actor, community)
  const page = await readVoucherPage(portal, community, {}, null, VOUCHERS_SHOWN)
  const mine = drafts.filter(draft => stepOfMine(visit, draft) !== null)
  const sentBack = drafts.filter(draft => draft.refusal !== null && draft.draftedBy === actor.userId)
  return {
    frame,
    view: {
      mine: mine.map(waiting),
      sentBack: sentBack.map(waiting),
      others: drafts.filter(draft => !mine.includes(draft) && !sentBack.includes(draft)).map(waiting),
      imports: frame.may.import
        ? imports.filter(each => each.state !== 'stored' && each.state !== 'discarded')
        : [],
      changes: await changesOfMine(visit),
      openLines: (bench?.lines ?? []).filter(line => !bench?.drafted.has(line.bankLine)).length,
      monthToClose: await monthToClose(visit),
      recent: recent(page.vouchers),
    },
  }
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('office.workbenchTitle')} · ${t('site.name')}` }]
}

export default function WorkbenchPage() {
  const { frame, view } = useLoaderData<typeof loader>()
  const t = useT()
  return (
    <OfficePage
      frame={frame}
      place="workbench"
      title={t('office.workbenchTitle')}
      lead={t('office.workbenchLead')}
      actions={
        <ButtonRow>
          {frame.may.voice && (
            <LinkButton href={officePath(frame.slug, 'voice')} icon="ask">
              {t('voice.deskLink')}
            </LinkButton>
          )}
          {frame.may.arrangeProjects && (
            <LinkButton href={officePath(frame.slug, 'projects')} icon="draft">
              {t('projects.officeLink')}
            </LinkButton>
          )}
        </ButtonRow>
      }
    >
      <Workbench frame={frame} view={view} />
    </OfficePage>
  )
}
