/** Proxies, representatives and sales on the server: who is registered, who can be named, and the registering itself. */
import { type Lang, translate } from '#i18n'
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
            persons: await personChoices(visit, chosen, names),
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

/** Everybody on today's register but the unit's own owners, told apart by a unit of theirs. */
async function personChoices(
  visit: OfficeVisit,
  chosen: StoredUnit,
  nameOf: NameOf,
): Promise<readonly TextChoice[]> {
  const choices = new Map<string, TextChoice>()
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
  readonly refusal: RegisterRefusal | null
}

/** Registers what the pressed button says; 400 for no act of ours. */
export async function registerAgent(
  visit: OfficeVisit,
  pollId: string,
  form: Entered,
  lang: Lang,
): Promise<Registered> {
  const kind = (['proxy', 'representative', 'transfer'] as const).find(
    each => each === textOf(form, 'intent'),
  )
  if (kind === undefined) throw new Response(null, { status: 400 })
  const entered = { kind, from: textOf(form, 'from'), to: textOf(form, 'to') }
  const [file] = filesOf(form, 'document')
  const document = file === undefined ? new Uint8Array() : await bytesOf(file)
  const unit = textOf(form, 'unit')
  const { portal, actor, community } = visit
  if (!(await isOnRegister(visit, entered.to))) {
    const refusal: RegisterRefusal = { code: 'person-unknown' }
    return { entered, errors: atForm(registerErrors(refusal, { lang }), kind), refusal }
  }
  const done =
    kind === 'proxy'
      ? await registerProxy(portal, actor, community, { pollId, unit, proxyPerson: entered.to, document })
      : kind === 'representative'
        ? await nameRepresentative(portal, actor, community, { pollId, unit, person: entered.to, document })
        : await registerTransfer(portal, actor, community, {
            pollId,
            unit,
            fromPerson: entered.from,
            toPerson: entered.to,
            document,
          })
  if (done.ok) return { entered, errors: [], refusal: null }
  return { entered, errors: atForm(registerErrors(done.error, { lang }), kind), refusal: done.error }
}

/** Only people of the register can be named here, by their id: a name that is typed must not become one. */
async function isOnRegister(visit: OfficeVisit, person: string): Promise<boolean> {
  return (await rollToday(visit)).units.some(unit => unit.owners.includes(person))
}

/** Three forms stand on one page: an error belongs to the one that was sent. */
function atForm(errors: readonly FieldError[], kind: AgentKind): readonly FieldError[] {
  return errors.map(error =>
    error.field === 'to' || error.field === 'from' ? { ...error, field: `${kind}-${error.field}` } : error,
  )
}
