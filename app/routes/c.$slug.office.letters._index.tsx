/** /c/:slug/office/letters: invitation letters for households without an account, and codes that wait for a second person. */
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { translate } from '#i18n'
import { isClaimProof, LONGEST_HELP } from '#people'
import {
  chooseClaimProof,
  decideCode,
  readLetterBoard,
  readWaitingCodes,
  requestLetters,
} from '#people/server'
import { readForm } from '#platform'
import { ErrorSummary, href, Notice, useT, viewerOf } from '#ui'
import {
  CodeSlip,
  JoinedTable,
  LetterBatches,
  OfficePage,
  officePath,
  PrintLettersForm,
  ProofForm,
  WaitingCodes,
} from '#ui/office'
import { AnyForm, type Entered, textOf } from './office/entered.ts'
import { letterErrors, letterStatus } from './office/letter-refusals.ts'
import { enterOffice, type OfficeVisit, requireAct } from './office/visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { portal, community, actor, frame } = await enterOffice(request, params.slug, 'letter:hand-over')
  const board = await readLetterBoard(portal, actor, community)
  if (board === null) throw new Response(null, { status: 403 })
  return { frame, board }
}

const NOTHING = { errors: [], slip: null, wasRefused: false, mayReplace: false, entered: null } as const

async function print({ portal, actor, community, frame }: OfficeVisit, form: Entered, request: Request) {
  const entered = { building: textOf(form, 'building'), help: textOf(form, 'help') }
  const replaces = textOf(form, 'replaces') === 'yes'
  const asked = await requestLetters(portal, actor, community, { ...entered, replaces })
  if (asked.ok) {
    const path = officePath(frame.slug, 'letters', asked.value.batchId)
    throw redirect(href(path, viewerOf(request.url)), 303)
  }
  const errors = letterErrors(asked.error, viewerOf(request.url).lang)
  const mayReplace = asked.error.code === 'codes-are-out'
  return data({ ...NOTHING, errors, mayReplace, entered }, { status: letterStatus(asked.error) })
}

async function decide({ portal, actor, community }: OfficeVisit, form: Entered, request: Request) {
  const requestId = textOf(form, 'request')
  const confirmed = textOf(form, 'intent') === 'confirm-code'
  const waiting = await readWaitingCodes(portal, actor, community)
  const kind = waiting?.find(each => each.requestId === requestId)?.kind ?? 'owner'
  const decided = await decideCode(portal, actor, community, { requestId, confirmed })
  if (!decided.ok) {
    const errors = letterErrors(decided.error, viewerOf(request.url).lang)
    return data({ ...NOTHING, errors }, { status: letterStatus(decided.error) })
  }
  if (decided.value === null) return data({ ...NOTHING, wasRefused: true })
  const { code, expiresAt: until, unitId } = decided.value
  const url = `${portal.settings.baseUrl.replace(/\/$/, '')}/invite/${code}`
  const slip = { url, until, unitId, kind }
  return data({ ...NOTHING, slip }, { headers: { 'Cache-Control': 'no-store' } })
}

export async function action({ request, params }: ActionFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'letter:hand-over')
  const { portal, actor, community, frame } = visit
  const read = await readForm(request, portal.settings, AnyForm)
  const form = read.ok ? read.value : {}
  switch (textOf(form, 'intent')) {
    case 'print':
      requireAct(visit, 'letter:print')
      return print(visit, form, request)
    case 'confirm-code':
    case 'refuse-code':
      requireAct(visit, 'owner-code:confirm')
      return decide(visit, form, request)
    case 'proof': {
      requireAct(visit, 'claim-proof:choose')
      const proof = textOf(form, 'proof')
      if (!isClaimProof(proof)) {
        const errors = letterErrors({ code: 'reason-missing' }, viewerOf(request.url).lang)
        return data({ ...NOTHING, errors }, { status: 422 })
      }
      await chooseClaimProof(portal, actor, community, proof)
      throw redirect(href(`${officePath(frame.slug, 'letters')}#proof`, viewerOf(request.url)), 303)
    }
    default:
      throw new Response(null, { status: 400 })
  }
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('letters.title')} · ${t('site.name')}` }]
}

export default function LettersPage() {
  const { frame, board } = useLoaderData<typeof loader>()
  const done = useActionData<typeof action>() ?? NOTHING
  const t = useT()
  return (
    <OfficePage
      frame={frame}
      crumbs={[{ label: t('roll.title'), href: officePath(frame.slug, 'roll') }]}
      title={t('letters.title')}
      lead={t('letters.lead')}
      notContained={[t('letters.notContained')]}
    >
      <ErrorSummary errors={done.errors} />
      {done.wasRefused && <Notice tone="info" live="status" title={t('letters.codeRefused')} />}
      {done.slip !== null ? (
        <CodeSlip frame={frame} {...done.slip} />
      ) : (
        <>
          {frame.may.askCodes && board.requests.length > 0 && (
            <WaitingCodes frame={frame} requests={board.requests} />
          )}
          {frame.may.printLetters && (
            <PrintLettersForm
              frame={frame}
              buildings={board.buildings}
              longestHelp={LONGEST_HELP}
              mayReplace={done.mayReplace}
              entered={done.entered ?? { building: '', help: '' }}
            />
          )}
          {frame.may.askCodes && board.requests.length === 0 && (
            <WaitingCodes frame={frame} requests={board.requests} />
          )}
          {frame.may.chooseProof && <ProofForm frame={frame} proof={board.proof} />}
          <LetterBatches frame={frame} batches={board.batches} />
          <JoinedTable buildings={board.buildings} />
        </>
      )}
    </OfficePage>
  )
}
