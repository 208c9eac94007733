/**
 * Two communities in one portal. An officer of the one, with every office there, asks each of its pages for what belongs to
 * the other, and sends each of its forms with the other's names: nothing is shown, and no row of the other changes. The same
 * addresses asked in the other community open, so the names are real ones.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, it } from 'vitest'
import { openTopic, postNotice } from '#council/server'
import { civilDate } from '#kernel'
import { ROLES, type Role } from '#people'
import { addUser, createPeopleKey, signIn } from '#people/server'
import { csrfField, sessionCookie } from '#platform'
import { rememberPortal } from '#platform/process'
import { listRequest, openSurvey } from '#voice/server'
import * as controls from '../../app/routes/c.$slug.office.controls.tsx'
import * as newDraft from '../../app/routes/c.$slug.office.drafts.new.tsx'
import * as imports from '../../app/routes/c.$slug.office.import._index.tsx'
import * as oneImport from '../../app/routes/c.$slug.office.import.$id.tsx'
import * as letters from '../../app/routes/c.$slug.office.letters._index.tsx'
import * as oversight from '../../app/routes/c.$slug.office.oversight.tsx'
import * as people from '../../app/routes/c.$slug.office.people.tsx'
import * as newPoll from '../../app/routes/c.$slug.office.polls.new.tsx'
import * as rollImports from '../../app/routes/c.$slug.office.roll.import._index.tsx'
import * as unitPage from '../../app/routes/c.$slug.office.roll.units.$unit.tsx'
import * as rules from '../../app/routes/c.$slug.office.rules.tsx'
import * as arrange from '../../app/routes/c.$slug.office.voice.arrange.tsx'
import { noticeInput } from '../council/council-texts.ts'
import { must } from '../council/council-world.ts'
import { ROLL_HEADER } from '../people/roll-world.ts'
import { openSampleCommunity } from '../support/community.ts'
import { describeOnOneDatabase, type TestDatabase } from '../support/database.ts'
import { passSecondFactor } from '../support/second-factor.ts'
import { csvOf } from '../tables/making.ts'
import { bankFile, type Fields, PNG, type Route } from './office-world.ts'
import { draftThrough, MOTION, openPollsWorld, openThrough, type PollsWorld } from './polls-world.ts'

const ROUTES = fileURLToPath(new URL('../../app/routes/', import.meta.url))
const OWN_ROLES = ROLES.filter(role => role !== 'district_overseer')
const UNIT = '1栋-1单元-101'
const INTENT = /name="intent" value="([a-z-]+)"/g
/** Files below this place whose words say what a form can ask for. */
const FORMS = ['../ui', '.']

type Module = { readonly loader?: Route; readonly action?: Route }
interface Page {
  readonly name: string
  readonly module: Module
  readonly text: string
}

const filesBelow = (place: string) =>
  readdirSync(`${ROUTES}${place}`, { recursive: true, encoding: 'utf8' })
    .filter(file => /\.tsx?$/.test(file))
    .map(file => `${ROUTES}${place}/${file}`)

/** What the forms of the portal ask for, by the value of their button. */
const INTENTS = [
  ...new Set(
    FORMS.flatMap(filesBelow).flatMap(file =>
      [...readFileSync(file, 'utf8').matchAll(INTENT)].map(match => match[1]!),
    ),
  ),
]

async function readPages(): Promise<readonly Page[]> {
  const files = readdirSync(ROUTES).filter(file => /^c\.\$slug\..*\.tsx?$/.test(file))
  return Promise.all(
    files.map(async file => {
      const own = readFileSync(`${ROUTES}${file}`, 'utf8')
      const near = [...own.matchAll(/from '\.\/([a-z]+\/[a-z-]+(?:\.server)?\.tsx?)'/g)]
      const text = [own, ...near.map(match => readFileSync(`${ROUTES}${match[1]}`, 'utf8'))].join('\n')
      const name = file.replace(/\.tsx?$/, '')
      return { name, module: (await import(/* @vite-ignore */ `${ROUTES}${file}`)) as Module, text }
    }),
  )
}

/** Puts something of every kind into the community. */
async function fill(database: TestDatabase, world: PollsWorld): Promise<void> {
  const { portal, community, people: who } = world
  const clerk = who.residents_committee
  const send = async (
    route: Route,
    path: string,
    as: 'manager' | 'bookkeeper' | typeof CHAIR,
    fields: Fields,
    params = {},
  ) => {
    const answer = await world.post(route, path, as, fields, params)
    if (answer.status >= 400) throw new Error(`${path}: ${JSON.stringify(answer.data)}`)
    return answer
  }
  const CHAIR = 'committee_chair' as const
  await createPeopleKey(portal)
  const change = {
    intent: 'propose',
    kind: 'controls',
    reason: '试行',
    publishesDetail: 'yes',
    chargingModel: 'trust',
  }
  await send(controls.action, '/controls', 'manager', { ...change, procedure: '新版' })
  const appoint = {
    intent: 'propose',
    kind: 'appoint',
    role: 'bookkeeper',
    name: '钱芳',
    from: '2026-03-02',
    reason: '增补',
  }
  await send(people.action, '/people', 'manager', appoint)
  const payment = {
    'account-1': '5104',
    'fund-1': 'trust',
    'debit-1': '10.00',
    'account-3': '100201',
    'fund-3': 'trust',
    'credit-3': '10.00',
  }
  const words = {
    intent: 'save',
    rows: '4',
    occurredOn: '2025-03-21',
    narration: '付绿化费',
    payee: '成都绿源园林绿化有限公司',
  }
  await send(newDraft.action, '/drafts/new', 'bookkeeper', {
    ...words,
    ...payment,
    files: new File([PNG], 'a.png'),
  })
  const file = bankFile('corp-icbc-historydetail-csv.csv')
  const uploaded = await send(imports.action, '/import', 'bookkeeper', { account: '100201', file })
  await world.work()
  const id = uploaded.location!.split('/').at(-1)!
  await send(
    oneImport.action,
    `/import/${id}`,
    'bookkeeper',
    { intent: 'confirm', confirms: 'yes', reason: '核对无误' },
    { id },
  )
  await world.work()
  await send(rules.action, '/rules', 'bookkeeper', {
    intent: 'teach',
    fund: 'trust',
    contains: '物业费',
    account: '410101',
    narration: '物业费',
    direction: 'in',
    priority: '1',
  })
  await send(oversight.action, '/oversight', 'overseer' as never, {
    intent: 'comment',
    about: '',
    words: '请说明',
  })
  const roll = new File([csvOf([ROLL_HEADER, ['9栋', '', '901', '80.00', '钱六', '', '', '']])], 'roll.csv')
  await send(rollImports.action, '/roll/import', CHAIR, {
    file: roll,
    effectiveOn: '2026-03-01',
    areaSource: 'survey',
  })
  // Everybody of this register has an account; a letter wants somebody who has none.
  await database.asOwner(`delete from person_user where person_id = 'P-${UNIT}'`)
  await send(letters.action, '/letters', CHAIR, { intent: 'print', building: '1栋', help: '物业服务中心' })
  const [owner] = await portal.db
    .selectFrom('unit_owner')
    .select('person_id')
    .where('unit_id', '=', UNIT)
    .execute()
  await send(
    unitPage.action,
    `/roll/units/${UNIT}`,
    CHAIR,
    { intent: 'ask-code', person: owner!.person_id, reason: 'lost' },
    { unit: UNIT },
  )
  await send(arrange.action, '/voice/arrange', CHAIR, { intent: 'add', name: '北门', grid: '第1网格' })
  const request = { category: 'repair', text: '路灯不亮', place: '', spotId: null, documents: [] }
  await must(listRequest(portal, who.owner, community, { ...request, isPrivate: true, isOnBehalf: false }))
  await must(openSurvey(portal, clerk, community, '2026-03-09'))
  const raised = { title: '路灯', summary: '北门路灯', source: 'request', reference: '' }
  await must(openTopic(portal, clerk, community, raised))
  const [startsAt, endsAt] = [new Date('2026-03-20T11:00:00Z'), new Date('2026-03-20T12:00:00Z')]
  await must(
    postNotice(portal, clerk, community, noticeInput({ kind: 'open-air', quorum: 'none', startsAt, endsAt })),
  )
  await draftThrough(world)
  await openThrough(world)
}

describeOnOneDatabase('what belongs to another community', open => {
  let database: TestDatabase
  let world: PollsWorld
  let pages: readonly Page[]
  /** A cookie of somebody with every office in the community of that slug. */
  const cookies: Record<string, string> = {}
  /** Values of the other community by the place of an address, and by the field of a form. */
  let places: Readonly<Record<string, readonly string[]>>
  let fields: readonly (readonly [string, string])[]

  const enter = async (slug: string, communityId: number) => {
    const login = `all-of-${slug}`
    const password = `a long pass phrase of ${login}`
    const terms = OWN_ROLES.map((role: Role) => ({
      communityId,
      role,
      from: civilDate('2020-01-01'),
      until: null,
    }))
    await must(addUser(world.portal, { login, displayName: login, password }, terms))
    const { token } = await must(signIn(world.portal, { login, password, address: '10.9.0.1' }))
    cookies[slug] = sessionCookie(world.portal.settings, await passSecondFactor(world.portal, token)).split(
      ';',
    )[0]!
  }
  const valuesOf = async (table: string, column: string) =>
    (
      await database.asOwner(
        `select distinct ${column}::text as value from ${table} where community_id = ${world.community.communityId}`,
      )
    ).map(row => String(row.value))

  beforeAll(async () => {
    database = await open()
    world = await openPollsWorld(database)
    await fill(database, world)
    const { community } = await openSampleCommunity(world.portal, 'sample')
    await enter('sample', community.communityId)
    await enter('office', world.community.communityId)
    pages = await readPages()
    places = await readPlaces()
    fields = await readFields()
  }, 120_000)

  async function readPlaces() {
    return {
      id: [
        ...(await valuesOf('voucher_draft', 'draft_id')),
        ...(await valuesOf('bank_import', 'import_id')),
        ...(await valuesOf('roll_import', 'import_id')),
      ],
      poll: await valuesOf('poll', 'poll_id'),
      meeting: (await valuesOf('council_meeting', 'meeting_id')).slice(0, 1),
      topic: (await valuesOf('council_topic', 'topic_id')).slice(0, 1),
      case: await valuesOf('voice_case', 'case_id'),
      line: (await valuesOf('bank_line', 'bank_line_id')).slice(0, 1),
      batch: await valuesOf('letter_batch', 'batch_id'),
      sha: await valuesOf('source_document', 'sha256'),
      survey: await valuesOf('survey', 'survey_id'),
      unit: [UNIT],
      paper: ['1'],
      item: ['1'],
    } as Readonly<Record<string, readonly string[]>>
  }
  async function readFields() {
    const first = async (table: string, column: string) => (await valuesOf(table, column))[0] ?? ''
    const change = await first('control_change', 'change_id')
    return [
      ['change', change],
      ['change', await first('role_change', 'change_id')],
      ['entry', await first('oversight_entry', 'entry_id')],
      ['rule', await first('matching_rule', 'rule_id')],
      ['request', await first('code_request', 'request_id')],
      ['person', await first('unit_owner', 'person_id')],
      ['spot', await first('voice_spot', 'spot_id')],
      ['survey', await first('survey', 'survey_id')],
      ['case', await first('voice_case', 'case_id')],
      ['topic', await first('council_topic', 'topic_id')],
      ['lines', await first('bank_line', 'bank_line_id')],
      ['documents', await first('source_document', 'sha256')],
      ['pick', await first('voucher_draft', 'draft_id')],
      ['unit', UNIT],
      ['reason', '因为'],
      ['words', '说明'],
      ['text', '说明'],
      ['note', '说明'],
      ['answer', '说明'],
      ['confirms', 'yes'],
      ['seen', '0'.repeat(64)],
      ['step', 'review'],
    ] as const
  }

  /** Addresses of a page with values of the other community in all places; none when it has no place, or one nobody can fill. */
  function addressesOf(name: string): readonly Readonly<Record<string, string>>[] {
    const names = [...name.matchAll(/\$([a-z]*)/g)].map(match => match[1]!).filter(each => each !== 'slug')
    if (names.length === 0 || names.some(each => (places[each] ?? []).length === 0)) return []
    return names.reduce<Readonly<Record<string, string>>[]>(
      (all, each) => all.flatMap(one => places[each]!.map(value => ({ ...one, [each]: value }))),
      [{}],
    )
  }

  async function ask(
    slug: string,
    run: Route,
    params: Readonly<Record<string, string>>,
    body: URLSearchParams | null,
  ) {
    rememberPortal(world.portal)
    const { baseUrl } = world.portal.settings
    const headers = { Cookie: cookies[slug]! }
    const token = csrfField(new Request(baseUrl, { headers }), world.portal.settings)
    body?.append(token.name, token.value)
    const request = new Request(
      `${baseUrl}/c/${slug}`,
      body === null ? { headers } : { method: 'POST', headers, body },
    )
    const context = { clientAddress: '10.9.0.1', nonce: 'n' }
    const given = await run({ request, params: { slug, ...params }, context } as never).catch(
      (thrown: unknown) => {
        if (thrown instanceof Response) return thrown
        throw thrown
      },
    )
    if (given instanceof Response) return given.status
    const wrapped = given as {
      readonly type?: string
      readonly init?: { readonly status?: number } | null
    } | null
    return wrapped?.type === 'DataWithResponseInit' ? (wrapped.init?.status ?? 200) : 200
  }

  it('opens on no page, and the same address opens at home', async () => {
    const [faults, opened]: [string[], Set<string>] = [[], new Set()]
    for (const { name, module } of pages.filter(page => page.module.loader !== undefined)) {
      for (const params of addressesOf(name)) {
        const abroad = await ask('sample', module.loader!, params, null)
        if (![303, 403, 404].includes(abroad)) faults.push(`${name} ${JSON.stringify(params)}: ${abroad}`)
        if ((await ask('office', module.loader!, params, null)) === 200) opened.add(name)
      }
    }
    expect(faults).toEqual([])
    expect(opened.size).toBeGreaterThan(35)
  })

  /** A digest of all rows of the community, table by table. */
  async function rows(): Promise<ReadonlyMap<string, string>> {
    const tables = await database.asOwner(`
      select relname as name from pg_class join pg_attribute on attrelid = pg_class.oid and attname = 'community_id'
      where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace order by 1`)
    const parts = tables.map(
      ({
        name,
      }) => `select '${name}' as name, md5(coalesce(string_agg(row::text, '|' order by row::text), '')) as digest
        from "${name}" row where community_id = ${world.community.communityId}`,
    )
    const found = await database.asOwner(parts.join(' union all '))
    return new Map(found.map(row => [String(row.name), String(row.digest)]))
  }

  it('is changed by no form, whatever the form names', async () => {
    const before = await rows()
    expect(before.size).toBeGreaterThan(80)
    let sent = 0
    const faults: string[] = []
    for (const { name, module, text } of pages.filter(page => page.module.action !== undefined)) {
      const intents = INTENTS.filter(intent => text.includes(`'${intent}'`))
      const hasPlaces = /\$(?!slug)/.test(name)
      for (const params of hasPlaces ? addressesOf(name) : [{}]) {
        for (const intent of intents.length === 0 ? [''] : intents) {
          const status = await ask(
            'sample',
            module.action!,
            params,
            new URLSearchParams([['intent', intent], ...fields].map(pair => [...pair])),
          )
          sent += 1
          if (status >= 500) faults.push(`${name} ${intent}: ${status}`)
        }
      }
    }
    const after = await rows()
    expect(faults).toEqual([])
    expect(sent).toBeGreaterThan(120)
    expect([...after].filter(([table, digest]) => before.get(table) !== digest)).toEqual([])
  })

  it('is no paper of a motion: an original whose digest a public voucher names stays where it is', async () => {
    const [sha256] = places.sha!
    const motion = { ...MOTION, documents: `${sha256} 合同.png` } as Record<string, string>
    const status = () => ask('sample', newPoll.action, {}, new URLSearchParams(motion))
    expect(await status()).toBe(422)
    expect(await ask('office', newPoll.action, {}, new URLSearchParams(motion))).toBe(422)
  })
})
