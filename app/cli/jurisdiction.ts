/**
 * `jurisdiction list|add|place|grid|invite|appoint|end`: districts, subdistricts and neighbourhoods, which community lies in
 * which, its micro-grids, and who oversees at a level. For the operator; every act is in the audit of the communities below.
 */
import { civilDate, dateOf, ok, parseCivilDate, type Result } from '#kernel'
import { isJurisdictionLevel, parseGridPlace } from '#people'
import {
  addJurisdiction,
  appointLevelOverseer,
  endLevelOverseer,
  inviteLevelOverseer,
  type JurisdictionRefusal,
  placeCommunity,
  readJurisdictions,
  setMicroGrid,
} from '#people/server'
import type { Portal } from '#platform'
import {
  type ExitCode,
  inBothLanguages,
  jsonText,
  print,
  readArguments,
  requireCommunity,
  requireOption,
  WrongUse,
  withPortal,
} from './command-line.ts'

const OPTIONS = {
  community: { type: 'string' },
  level: { type: 'string' },
  code: { type: 'string' },
  in: { type: 'string' },
  name: { type: 'string' },
  'name-en': { type: 'string' },
  id: { type: 'string' },
  places: { type: 'string' },
  login: { type: 'string' },
  title: { type: 'string' },
  until: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const

type Values = Readonly<Partial<Record<Exclude<keyof typeof OPTIONS, 'json'>, string>>>
type Done = Result<unknown, JurisdictionRefusal | { readonly code: string }>

function dayIn(text: string | undefined) {
  if (text === undefined) return null
  const day = parseCivilDate(text)
  if (!day.ok) throw new WrongUse('cli.usage')
  return day.value
}

function add(portal: Portal, values: Values): Promise<Done> {
  const level = requireOption(values.level, '--level')
  if (!isJurisdictionLevel(level)) throw new WrongUse('cli.usage')
  return addJurisdiction(portal, {
    code: requireOption(values.code, '--code'),
    level,
    name: requireOption(values.name, '--name'),
    nameEn: requireOption(values['name-en'], '--name-en'),
    parent: values.in ?? null,
  })
}

async function place(portal: Portal, values: Values): Promise<Done> {
  const { communityId } = await requireCommunity(portal, values.community)
  return placeCommunity(portal, communityId, requireOption(values.in, '--in'))
}

async function grid(portal: Portal, values: Values): Promise<Done> {
  const { communityId } = await requireCommunity(portal, values.community)
  const places = requireOption(values.places, '--places')
    .split(',')
    .map(text => parseGridPlace(text))
  if (places.includes(null)) throw new WrongUse('cli.usage')
  return setMicroGrid(portal, communityId, {
    gridId: requireOption(values.id, '--id'),
    name: requireOption(values.name, '--name'),
    places: places.flatMap(each => (each === null ? [] : [each])),
  })
}

function appointmentIn(portal: Portal, values: Values) {
  return {
    code: requireOption(values.in, '--in'),
    title: requireOption(values.title, '--title'),
    from: dateOf(portal.clock.now()),
    until: dayIn(values.until),
  }
}

async function invite(portal: Portal, values: Values): Promise<Done> {
  const displayName = requireOption(values.name, '--name')
  const invited = await inviteLevelOverseer(portal, { ...appointmentIn(portal, values), displayName })
  if (!invited.ok) return invited
  const { code } = invited.value
  await print(`${inBothLanguages('cli.invited', { code })}\n${portal.settings.baseUrl}/invite/${code}`)
  return ok({ code })
}

function appoint(portal: Portal, values: Values): Promise<Done> {
  const login = requireOption(values.login, '--login')
  return appointLevelOverseer(portal, { ...appointmentIn(portal, values), login })
}

function end(portal: Portal, values: Values): Promise<Done> {
  return endLevelOverseer(portal, {
    code: requireOption(values.in, '--in'),
    login: requireOption(values.login, '--login'),
    lastDay: dayIn(values.until) ?? civilDate(dateOf(portal.clock.now())),
  })
}

const ACTS: Readonly<Record<string, (portal: Portal, values: Values) => Promise<Done>>> = {
  add,
  place,
  grid,
  invite,
  appoint,
  end,
}

async function list(portal: Portal, asJson: boolean): Promise<ExitCode> {
  const jurisdictions = await readJurisdictions(portal)
  if (asJson) await print(jsonText({ jurisdictions }))
  else {
    for (const { code, level, name, parent, communities } of jurisdictions) {
      await print([level, code, name, parent ?? '', communities.join(' ')].join('\t'))
    }
  }
  return 0
}

/** Runs the command; resolves to the exit code. */
export async function jurisdictionCommand(args: string[]): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, OPTIONS)
  const { json: asJson, ...given } = values
  const [name = '', ...others] = positionals
  const act = Object.hasOwn(ACTS, name) ? ACTS[name] : undefined
  if (others.length > 0 || (act === undefined && name !== 'list')) throw new WrongUse('cli.jurisdictionUsage')
  return withPortal(async portal => {
    if (act === undefined) return list(portal, asJson ?? false)
    const done = await act(portal, given)
    if (done.ok) return 0
    process.stderr.write(`${inBothLanguages('cli.jurisdictionRefused', { code: done.error.code })}\n`)
    return 1
  })
}
