/** Proxies, representatives and sales on the server: who is registered, who can be named, and the registering itself. */
import { type Lang, translate } from '#i18n'
import { enterPerson } from '#people/server'
import type { FieldError } from '#ui'
import type { AgentKind, AgentsView, EnteredAgent, TextChoice } from '#ui/desk'
import {
  type Desk,
  nameRepresentative,
  type RegisterRefusal,
  readVoterNames,
  registerProxy,
  registerTransfer,
} from '#votes/server'
import { deskOf } from './desk-view.server.ts'
import { bytesOf, type Entered, filesOf, textOf } from './entered.ts'
import { registerErrors } from './poll-refusals.ts'
import { rollToday } from './poll-view.server.ts'
import type { OfficeVisit } from './visit.server.ts'

type StoredUnit = Desk['units'][number]

/** The page's content. Names of everybody on the register are read only once a unit is chosen. */
export async function agentsView(
  visit: OfficeVisit,
  desk: Desk,
  unitId: string | null,
  lang: Lang,
): Promise<AgentsView> {
  const chosen = desk.units.find(unit => unit.unit === unitId) ?? null
  const speaking = desk.units.filter(unit => unit.proxies.length > 0 || unit.representative !== null)
  const names = await namesFor(visit, desk, speaking, chosen, lang)
  return {
    pollId: desk.poll.pollId,
    rows: speaking.flatMap(unit => rowsOf(unit, names)),
    proxyLimit: desk.poll.policy.proxyLimit,
    units: unitChoices(desk),
    chosen:
      chosen === null
        ? null
        : {
            unitId: chosen.unit,
            place: chosen.unit,
            owners: chosen.voters.map(person => ({ value: person, label: names(person) })),
            persons: await personChoices(visit, desk, chosen, names),
          },
  }
}

type NameOf = (person: string) => string

async function namesFor(
  visit: OfficeVisit,
  desk: Desk,
  speaking: readonly StoredUnit[],
  chosen: StoredUnit | null,
  lang: Lang,
): Promise<NameOf> {
  const { portal, actor, community } = visit
  const shown = speaking.flatMap(unit => [...unit.voters, ...unit.proxies, unit.representative ?? ''])
  const everybody = chosen === null ? [] : (await rollToday(visit)).units.flatMap(unit => unit.owners)
  const persons = [...shown, ...(chosen?.voters ?? []), ...everybody].filter(person => person !== '')
  const names = await readVoterNames(portal, actor, community, { pollId: desk.poll.pollId, persons })
  const erased = translate(lang)('office.erasedPerson')
  return person => names.get(person) ?? erased
}

function rowsOf(unit: StoredUnit, nameOf: NameOf): AgentsView['rows'] {
  const row = (kind: 'proxy' | 'representative', to: string) => ({
    key: `${unit.unit} ${kind} ${to}`,
    kind,
    place: unit.unit,
    from: unit.voters.map(nameOf).join(' '),
    to: nameOf(to),
  })
  return [
    ...unit.proxies.map(person => row('proxy', person)),
    ...(unit.representative === null ? [] : [row('representative', unit.representative)]),
  ]
}

function unitChoices(desk: Desk): AgentsView['units'] {
  const buildings = [...new Set(desk.units.map(unit => unit.building))]
  return buildings.map(building => ({
    group: building,
    choices: desk.units
      .filter(unit => unit.building === building)
      .map(unit => ({ value: unit.unit, label: unit.unit })),
  }))
}

/** Who acts for somebody already, then everybody on today's register but the unit's own owners, told apart by a unit of theirs. */
async function personChoices(
  visit: OfficeVisit,
  desk: Desk,
  chosen: StoredUnit,
  nameOf: NameOf,
): Promise<readonly TextChoice[]> {
  const choices = new Map<string, TextChoice>()
  for (const person of desk.units.flatMap(unit => unit.proxies)) {
    choices.set(person, { value: person, label: nameOf(person) })
  }
  for (const unit of (await rollToday(visit)).units) {
    for (const person of unit.owners) {
      if (chosen.voters.includes(person) || choices.has(person)) continue
      choices.set(person, { value: person, label: `${unit.id} ${nameOf(person)}` })
    }
  }
  return [...choices.values()]
}

export interface Registered {
  readonly entered: EnteredAgent
  readonly errors: readonly FieldError[]
  readonly refusal: RegisterRefusal | { readonly code: 'person-unknown' } | null
}

/** Registers what the pressed button says; 400 for no act of ours, 404 for no poll. */
export async function registerAgent(
  visit: OfficeVisit,
  pollId: string,
  form: Entered,
  lang: Lang,
): Promise<Registered> {
  const kind = AGENT_KINDS.find(each => each === textOf(form, 'intent'))
  if (kind === undefined) throw new Response(null, { status: 400 })
  const desk = await deskOf(visit, pollId)
  const text = (name: string) => textOf(form, name)
  const entered = { kind, from: text('from'), to: text('to'), name: text('name'), phone: text('phone') }
  const person = await personOf(visit, desk, entered, lang)
  if (person.id === null) {
    return { entered, errors: atForm(person.errors, kind), refusal: { code: 'person-unknown' } }
  }
  const [file] = filesOf(form, 'document')
  const document = file === undefined ? new Uint8Array() : await bytesOf(file)
  const at = { pollId, unit: text('unit'), document }
  const done = await register(visit, kind, at, { from: entered.from, to: person.id })
  if (done.ok) return { entered, errors: [], refusal: null }
  return { entered, errors: atForm(registerErrors(done.error, { lang }), kind), refusal: done.error }
}

const AGENT_KINDS = ['proxy', 'representative', 'transfer'] as const

function register(
  { portal, actor, community }: OfficeVisit,
  kind: AgentKind,
  at: { readonly pollId: string; readonly unit: string; readonly document: Uint8Array },
  person: { readonly from: string; readonly to: string },
) {
  if (kind === 'proxy') return registerProxy(portal, actor, community, { ...at, proxyPerson: person.to })
  if (kind === 'representative') {
    return nameRepresentative(portal, actor, community, { ...at, person: person.to })
  }
  return registerTransfer(portal, actor, community, {
    ...at,
    fromPerson: person.from,
    toPerson: person.to,
  })
}

/** The person who was chosen, or the one who was written down; an id that is typed must not become a person. */
async function personOf(
  visit: OfficeVisit,
  desk: Desk,
  entered: EnteredAgent,
  lang: Lang,
): Promise<{ readonly id: string | null; readonly errors: readonly FieldError[] }> {
  const { portal, actor, community } = visit
  const t = translate(lang)
  if (entered.to !== '') {
    const isKnown =
      desk.units.some(unit => unit.proxies.includes(entered.to)) ||
      (await rollToday(visit)).units.some(unit => unit.owners.includes(entered.to))
    const errors = [{ field: 'to', message: t('pollRefusal.person-unknown') }]
    return isKnown ? { id: entered.to, errors: [] } : { id: null, errors }
  }
  if (entered.kind === 'representative' || (entered.name === '' && entered.phone === '')) {
    return { id: null, errors: [{ field: 'to', message: t('pollRefusal.person-unknown') }] }
  }
  const added = await enterPerson(portal, actor, community, { name: entered.name, phone: entered.phone })
  if (added.ok) return { id: added.value.personId, errors: [] }
  const field = added.error.code === 'phone-malformed' ? 'phone' : 'name'
  return { id: null, errors: [{ field, message: t(`pollRefusal.person.${added.error.code}`) }] }
}

/** Three forms stand on one page: an error belongs to the one that was sent. */
function atForm(errors: readonly FieldError[], kind: AgentKind): readonly FieldError[] {
  return errors.map(error =>
    error.field === undefined ? error : { ...error, field: `${kind}-${error.field}` },
  )
}
