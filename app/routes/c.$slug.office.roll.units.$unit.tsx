/** /c/:slug/office/roll/units/:unit: one unit with its owners and history; asks for a code for an owner or a tenant, as the first of two. */
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { forgetSignIns } from '#council/server'
import { type Lang, translate } from '#i18n'
import { dateOf, parseCivilDate } from '#kernel'
import { isCodeReason } from '#people'
import { erasePerson, readUnit, requestCode } from '#people/server'
import { readForm } from '#platform'
import { ErrorSummary, type FieldError, Notice, useT, viewerOf } from '#ui'
import {
  AskCodeForm,
  AskTenantForm,
  FormerOwners,
  OfficePage,
  OwnerCards,
  officePath,
  UnitFactList,
  UnitHistory,
} from '#ui/office'
import { AnyForm, textOf } from './office/entered.ts'
import { letterErrors, letterStatus } from './office/letter-refusals.ts'
import { enterOffice, type OfficeVisit, requireAct } from './office/visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { portal, community, actor, frame } = await enterOffice(request, params.slug, 'roll:read')
  const page = await readUnit(portal, actor, community, params.unit ?? '')
  if (page === null) throw new Response(null, { status: 404 })
  const { unit, cards, withAccount } = page
  const nameOf = (person: string) => cards.get(person)?.name ?? ''
  return {
    frame,
    today: dateOf(portal.clock.now()),
    unit,
    owners: unit.owners.map(personId => ({
      personId,
      name: cards.get(personId)?.name ?? null,
      phoneLast4: cards.get(personId)?.phoneLast4 ?? null,
      identityLast4: cards.get(personId)?.identityLast4 ?? null,
      hasAccount: withAccount.has(personId),
    })),
    former: [...new Set(page.records.flatMap(record => record.owners))].flatMap(personId => {
      const card = unit.owners.includes(personId) ? undefined : cards.get(personId)
      return card === undefined ? [] : [{ personId, name: card.name }]
    }),
    records: page.records.map(({ owners, ...record }) => ({ ...record, names: owners.map(nameOf) })),
  }
}

const NOTHING: { readonly done: 'asked' | 'erased' | null; readonly errors: readonly FieldError[] } = {
  done: null,
  errors: [],
}

export async function action({ request, params }: ActionFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'roll:read')
  requireAct(visit, 'owner-code:request')
  const { portal, community, actor } = visit
  const read = await readForm(request, portal.settings, AnyForm)
  const form = read.ok ? read.value : {}
  const { lang } = viewerOf(request.url)
  if (textOf(form, 'intent') === 'erase') return erase(visit, textOf(form, 'person'), lang)
  const isTenant = textOf(form, 'intent') === 'ask-tenant'
  const reason = isTenant ? 'tenancy' : textOf(form, 'reason')
  if (!isCodeReason(reason, isTenant ? 'tenant' : 'owner')) {
    return data({ ...NOTHING, errors: letterErrors({ code: 'reason-missing' }, lang) }, { status: 422 })
  }
  const until = parseCivilDate(textOf(form, 'until'))
  const asked = await requestCode(portal, actor, community, {
    unitId: params.unit ?? '',
    reason,
    personId: isTenant ? null : textOf(form, 'person'),
    until: isTenant && until.ok ? until.value : null,
  })
  if (asked.ok) return data({ ...NOTHING, done: 'asked' as const })
  const status = letterStatus(asked.error)
  return data({ ...NOTHING, errors: letterErrors(asked.error, lang) }, { status })
}

/** Erases a former owner who asked for it. */
async function erase(visit: OfficeVisit, personId: string, lang: Lang) {
  requireAct(visit, 'person:erase')
  const { portal, actor, community } = visit
  const erased = await erasePerson(portal, actor, community, personId, [forgetSignIns])
  if (erased.ok) return data({ ...NOTHING, done: 'erased' as const })
  const errors = [{ message: translate(lang)(`personal.refusal.${erased.error.code}`) }]
  return data({ ...NOTHING, errors }, { status: 409 })
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded, location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${loaded?.unit.unitId ?? t('roll.title')} · ${t('site.name')}` }]
}

export default function UnitPage() {
  const { frame, today, unit, owners, former, records } = useLoaderData<typeof loader>()
  const done = useActionData<typeof action>() ?? NOTHING
  const t = useT()
  return (
    <OfficePage
      frame={frame}
      crumbs={[{ label: t('roll.title'), href: officePath(frame.slug, 'roll') }]}
      title={t('roll.unitTitle', { unit: unit.unitId })}
      notContained={[t('roll.notContained')]}
    >
      <ErrorSummary errors={done.errors} />
      {done.done !== null && (
        <Notice
          tone="success"
          live="status"
          title={t(done.done === 'asked' ? 'letters.asked' : 'personal.erased')}
        />
      )}
      <UnitFactList unit={unit} />
      <OwnerCards owners={owners} />
      {frame.may.askCodes && (
        <>
          <AskCodeForm frame={frame} owners={owners} />
          <AskTenantForm frame={frame} today={today} />
        </>
      )}
      {frame.may.erasePersons && <FormerOwners frame={frame} persons={former} />}
      <UnitHistory records={records} />
    </OfficePage>
  )
}
