/** The certificate's model: what follows from a count is derived, what cannot be is refused by name, what is small stays hidden. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type CanonicalValue, canonicalBytes, civilDate, formatPercentFloor, parseCanonical } from '#kernel'
import { DEFAULT_POLICY, legalTextsOf, policyDigest } from '#votes'
import { mergeSmallGroups, SMALLEST_GROUP, sumPiles } from '../../app/statements/small-group.ts'
import {
  encodeCertificateLeaf,
  parseStatementLeaf,
  subjectOfLeaf,
} from '../../app/statements/statement-leaf.ts'
import { isInOrder } from '../../app/statements/supersedes.ts'
import {
  buildTallyCertificate,
  type CertificateSource,
  certificateIdOf,
  encodeTallyCertificate,
  parseTallyCertificate,
  type TallyCertificate,
} from '../../app/statements/tally-certificate.ts'
import { fc, runs } from '../support/properties.ts'
import {
  COUNT_DIGEST,
  candidate,
  certificateBytes,
  certificateSource,
  lawn,
  POLL,
  plans,
  retrofit,
} from './vote-world.ts'

function built(source: CertificateSource = certificateSource()): TallyCertificate {
  const made = buildTallyCertificate(source)
  if (!made.ok) throw new Error(JSON.stringify(made.error))
  return made.value
}

function problem(source: CertificateSource): string {
  const made = buildTallyCertificate(source)
  if (made.ok) return 'none'
  const { code, at } = made.error
  return `${code} ${at}${made.error.code === 'count-impossible' ? ` ${made.error.rule}` : ''}`
}

describe('an ordinary vote', () => {
  const certificate = built()
  const [question] = certificate.questions
  const [option] = question!.options

  it('has its six integers, their floored ratios on both bases, and the sentence', () => {
    expect(question!.total).toEqual({ area: '4211055', heads: '427', units: '439' })
    expect(question!.participating).toEqual({ area: '2888660', heads: '298' })
    expect(option!.inFavour).toEqual({ area: '2284310', heads: '236' })
    expect(option).toMatchObject({
      participation: { area: '68.59%', heads: '69.78%' },
      ofParticipating: { area: '79.07%', heads: '79.19%' },
      ofTotal: { area: '54.24%', heads: '55.26%' },
      outcome: 'PASSED',
    })
    expect(option!.verdict.map(({ gate, by, sign, mark, isMet }) => [gate, by, sign, mark, isMet])).toEqual([
      ['participation', 'area', '≥', '2/3', true],
      ['participation', 'heads', '≥', '2/3', true],
      ['approval', 'area', '>', '1/2', true],
      ['approval', 'heads', '>', '1/2', true],
    ])
  })

  it("carries clause, class and the law's own words", () => {
    expect(question!.matter).toMatchObject({ clause: 9, class: 'ordinary' })
    const law = legalTextsOf(9)
    expect(question!.law).toEqual({
      ...law.matter,
      participation: law.participation,
      approval: law.approval,
    })
  })

  it('names policy, digest and what it does not contain', () => {
    expect(certificate.digests.policy).toBe(policyDigest(DEFAULT_POLICY, '2025 年 3 月第三次修订'))
    expect(certificate.notContained).toEqual([
      'choices-of-owners',
      'names-and-single-areas',
      'objections-running',
      'sign-offs-missing',
    ])
    expect(certificateIdOf(certificate)).toBe(`demo-vote-${POLL}-v1`)
  })

  it('is the same bytes for the same count, and the ones on record', () => {
    const bytes = certificateBytes()
    expect(certificateBytes()).toEqual(bytes)
    const again = parseTallyCertificate(bytes)
    expect(again.ok && encodeTallyCertificate(again.value)).toEqual(bytes)
    const golden = readFileSync(
      new URL('../golden/statements/certificate.json', import.meta.url),
      'utf8',
    ).trim()
    expect(new TextDecoder().decode(bytes)).toBe(golden)
  })

  it('has a leaf that commits to its digest and to its poll, and to no month', () => {
    const bytes = certificateBytes()
    const leaf = parseStatementLeaf(encodeCertificateLeaf(certificate, bytes))
    expect(leaf.ok && leaf.value).toMatchObject({ kind: 'tally-certificate', poll: POLL, version: 1 })
    expect(leaf.ok && subjectOfLeaf(leaf.value)).toBe(`tally-certificate ${POLL}`)
    const forged = { v: 1, t: 'statement', kind: 'tally-certificate', log: 'x', statement: 'y', version: 1 }
    expect(parseStatementLeaf(canonicalBytes(forged)).ok).toBe(false)
  })
})

describe('a special vote', () => {
  it('that takes part and fails by three quarters says so, and never the opposite decision', () => {
    const [question] = built(certificateSource({ questions: [lawn()] })).questions
    expect(question!.options[0]).toMatchObject({ outcome: 'NOT_PASSED', ofParticipating: { area: '68.53%' } })
    expect(question!.options[0]!.verdict[2]).toMatchObject({ mark: '3/4', sign: '<', isMet: false })
  })

  it('without a quorum stops at participation', () => {
    const few = retrofit({ options: [{ choice: 'FOR', label: null, inFavour: { area: 1n, heads: 1n } }] })
    const [question] = built(certificateSource({ questions: [few] })).questions
    expect(question!.options[0]!.outcome).toBe('NO_QUORUM')
    expect(question!.options[0]!.verdict).toHaveLength(2)
  })
})

describe('small groups', () => {
  it('are published together, so that no few flats show their area', () => {
    const [question] = built(certificateSource({ questions: [lawn()] })).questions
    expect(question!.others).toEqual([{ of: ['AGAINST', 'ABSTAIN'], area: '918040', heads: '98' }])
    expect(built(certificateSource({ questions: [lawn()] })).notContained).toContain('merged-groups')
  })

  it('are merged by units too, which only the counter knows', () => {
    const split = retrofit({
      others: [
        { of: ['AGAINST'], area: 421_100n, heads: 43n, units: 43n },
        { of: ['ABSTAIN'], area: 18_000n, heads: 6n, units: 2n },
      ],
    })
    const [question] = built(certificateSource({ questions: [split] })).questions
    expect(question!.others).toEqual([{ of: ['AGAINST', 'ABSTAIN'], area: '439100', heads: '49' }])
  })

  it('that an issuer publishes by themselves are refused', () => {
    const json = structuredClone(built(certificateSource({ questions: [lawn()] }))) as unknown as {
      questions: { others: unknown[] }[]
    }
    json.questions[0]!.others = [
      { of: ['AGAINST'], area: '900000', heads: '95' },
      { of: ['ABSTAIN'], area: '18040', heads: '3' },
    ]
    const parsed = parseTallyCertificate(canonicalBytes(json as unknown as CanonicalValue))
    expect(parsed).toMatchObject({ ok: false, error: { code: 'certificate-disagrees' } })
    expect(!parsed.ok && parsed.error.at).toContain('questions.0.others')
  })

  const group = fc.record({
    units: fc.bigInt({ min: 0n, max: 40n }),
    heads: fc.bigInt({ min: 0n, max: 40n }),
    area: fc.bigInt({ min: 0n, max: 500_000n }),
  })

  it('any at all: sums stay, names stay, no group is small unless it is all there is, merging twice is merging once', () => {
    fc.assert(
      fc.property(fc.array(group, { minLength: 1, maxLength: 5 }), piles => {
        const groups = piles.map((pile, index) => ({ of: [`c${index}`], ...pile }))
        const merged = mergeSmallGroups(groups)
        expect(sumPiles(merged)).toEqual(sumPiles(groups))
        expect(merged.flatMap(({ of }) => of).sort()).toEqual(groups.flatMap(({ of }) => of).sort())
        const small = merged.filter(
          ({ area, heads, units }) => area > 0n && (heads < SMALLEST_GROUP || units! < SMALLEST_GROUP),
        )
        expect(small.length === 0 || merged.length === 1).toBe(true)
        expect(mergeSmallGroups(merged)).toEqual(merged)
      }),
    )
  })
})

describe('plans and elections', () => {
  it('test each plan alone and adopt at most one', () => {
    const [question] = built(certificateSource({ questions: [plans()] })).questions
    expect(question!.adopted).toBe('PLAN-A')
    expect(question!.options.map(({ outcome }) => outcome)).toEqual(['PASSED', 'NOT_PASSED'])
  })

  it('seat those who passed, name the tied, leave seats vacant', () => {
    const questions = [candidate(1, 260n), candidate(2, 180n), candidate(3, 180n), candidate(4, 100n)]
    const { election } = built(certificateSource({ questions, election: { seats: 2 } }))
    expect(election).toEqual({ seats: 2, elected: ['q1'], tied: ['q2', 'q3'], vacantSeats: 1 })
    expect(
      built(certificateSource({ questions: questions.slice(0, 1), election: { seats: 3 } })).election,
    ).toEqual({ seats: 3, elected: ['q1'], tied: [], vacantSeats: 2 })
  })
})

describe('the silence clause', () => {
  const policy = { ...DEFAULT_POLICY, silentPolicy: 'follow_majority' } as const
  const silent = { area: 600_000n, heads: 70n }

  it('stands beside the strict result and never changes it', () => {
    const question = retrofit({ clause: { majority: 'FOR', silent } })
    const [strict, both] = [built(), built(certificateSource({ policy, questions: [question] }))]
    const { clause, ...option } = both.questions[0]!.options[0]!
    expect(option).toEqual(strict.questions[0]!.options[0])
    expect(clause).toMatchObject({
      participating: { area: '3488660', heads: '368' },
      inFavour: { area: '2884310', heads: '306' },
      outcome: 'PASSED',
    })
  })

  it('without a majority joins nobody', () => {
    const question = retrofit({ clause: { majority: null, silent } })
    const [certified] = built(certificateSource({ policy, questions: [question] })).questions
    expect(certified!.options[0]!.clause!.participating).toEqual(certified!.participating)
  })

  it('is there exactly when the policy has it on', () => {
    expect(problem(certificateSource({ policy }))).toBe('certificate-malformed questions.clause')
    const question = retrofit({ clause: { majority: 'FOR', silent } })
    expect(problem(certificateSource({ questions: [question] }))).toBe(
      'certificate-malformed questions.clause',
    )
  })
})

describe('what cannot be certified is refused by name', () => {
  const base = certificateSource()
  const { course } = base
  it.each<[string, Partial<CertificateSource>, string]>([
    [
      'more take part than there are',
      {
        questions: [
          retrofit({
            options: [{ choice: 'FOR', label: null, inFavour: { area: 4_000_000n, heads: 236n } }],
          }),
        ],
      },
      'count-impossible q1 more-take-part-than-there-are',
    ],
    [
      'a plain question with a plan',
      {
        questions: [
          retrofit({ options: [{ choice: 'PLAN-A', label: 'x', inFavour: { area: 1n, heads: 1n } }] }),
        ],
      },
      'count-impossible q1 answers-unknown',
    ],
    [
      'plans with a clause',
      { questions: [plans({ clause: { majority: null, silent: { area: 0n, heads: 0n } } })] },
      'count-impossible q3 clause-out-of-place',
    ],
    ['two questions of one name', { questions: [retrofit(), retrofit()] }, 'certificate-malformed questions'],
    [
      'a candidate without an election',
      { questions: [candidate(1, 200n)] },
      'certificate-malformed election',
    ],
    ['an election of nobody', { election: { seats: 1 } }, 'certificate-malformed election'],
    [
      'closed before it opened',
      { course: { ...course, closesAt: new Date('2026-06-16T00:00:00Z') } },
      'certificate-malformed course',
    ],
    [
      'issued before the count',
      { issuedAt: new Date('2026-07-03T00:00:00Z') },
      'certificate-malformed course',
    ],
    [
      'an extension that is not the close',
      {
        course: {
          ...course,
          extensions: [{ at: course.opensAt, closesAt: new Date('2026-07-01T00:00:00Z') }],
        },
      },
      'certificate-malformed course.extensions',
    ],
    [
      'objections that end before the count',
      { course: { ...course, objectionsUntil: civilDate('2026-07-01') } },
      'certificate-malformed course.objectionsUntil',
    ],
    [
      'a sign-off for another count',
      { signOffs: [{ ...base.signOffs[0]!, digest: 'a'.repeat(64) }] },
      'certificate-malformed signOffs',
    ],
    [
      'one teller for both',
      { signOffs: [base.signOffs[0]!, base.signOffs[0]!] },
      'certificate-malformed signOffs',
    ],
    ['a recount that names nothing', { version: 2 }, 'certificate-malformed supersedes'],
    [
      "another poll's certificate superseded",
      {
        version: 2,
        supersedes: { statementId: 'demo-vote-other-v1', digest: 'a'.repeat(64), reason: 'x' },
      },
      'certificate-malformed supersedes',
    ],
    [
      'a counted poll without a board',
      { digests: { ...base.digests, board: null } },
      'certificate-malformed digests',
    ],
    [
      'an advisory vote that does not say beside what',
      { official: { voting: 'advisory', system: null, documentSha256: null } },
      'certificate-malformed official.system',
    ],
    [
      'reasons out of order',
      {
        refused: [
          { reason: 'WITHDRAWN', count: 1 },
          { reason: 'LATE', count: 1 },
        ],
      },
      'certificate-malformed certificate.refused',
    ],
    ['an invisible character in a title', { title: '表\u202e决' }, 'certificate-malformed certificate.title'],
  ])('%s', (_, changes, expected) => {
    expect(problem(certificateSource())).toBe('none')
    expect(problem(certificateSource(changes))).toBe(expected)
  })

  it('an import repeats the official figures and says so', () => {
    const imported = certificateSource({
      official: { voting: 'import', system: '市级平台', documentSha256: 'c'.repeat(64) },
      questions: [
        retrofit({ others: [{ of: ['AGAINST', 'ABSTAIN'], area: 604_350n, heads: 62n, units: null }] }),
      ],
      digests: { ...base.digests, ballots: null, board: null, weightRoll: null },
      leaves: { notice: 1, seal: null, tallies: [2] },
    })
    expect(built(imported).notContained).toContain('official-system-decides')
  })
})

describe('any change of what is certified', () => {
  const good = built(
    certificateSource({
      questions: [retrofit({ clause: { majority: 'FOR', silent: { area: 9n, heads: 6n } } })],
      policy: { ...DEFAULT_POLICY, silentPolicy: 'follow_majority' },
    }),
  )
  const json = parseCanonical(encodeTallyCertificate(good))
  if (!json.ok) throw new Error('canonical')

  /** Paths to everything that follows from the counted figures: a forger cannot change one of them alone. */
  function derivedPaths(
    value: CanonicalValue,
    path: readonly (string | number)[] = [],
  ): (string | number)[][] {
    if (value === null || typeof value !== 'object') return [[...path]]
    return Object.entries(value).flatMap(([name, member]) =>
      derivedPaths(member as CanonicalValue, [...path, Array.isArray(value) ? Number(name) : name]),
    )
  }

  const derived = derivedPaths(json.value).filter(path => {
    const text = path.join('.')
    return /participating|participation|ofParticipating|ofTotal|verdict|outcome|law\.|matter\.class|adopted|policy$|notContained|invariants/.test(
      text,
    )
  })

  it('that follows from the count alone is noticed', () => {
    expect(derived.length).toBeGreaterThan(60)
    for (const path of derived) {
      const forged = structuredClone(json.value) as Record<string | number, never>
      let holder: Record<string | number, unknown> = forged
      for (const name of path.slice(0, -1)) holder = holder[name] as Record<string | number, unknown>
      const last = path.at(-1)!
      const was = holder[last]
      holder[last] =
        typeof was === 'boolean'
          ? !was
          : was === null
            ? 'PLAN-A'
            : was === '0'
              ? '1'
              : String(was).replace(/.$/, end => (end === '1' ? '2' : '1'))
      const parsed = parseTallyCertificate(canonicalBytes(forged as unknown as CanonicalValue))
      expect(parsed.ok, path.join('.')).toBe(false)
    }
  })

  it('a member more, or less, is noticed', () => {
    const forged = { ...(json.value as object), remark: 'x' }
    expect(parseTallyCertificate(canonicalBytes(forged))).toMatchObject({
      error: { code: 'certificate-malformed', at: 'certificate.remark' },
    })
    const { minutes: _, ...less } = json.value as Record<string, CanonicalValue>
    expect(parseTallyCertificate(canonicalBytes(less)).ok).toBe(false)
    expect(parseTallyCertificate(new TextEncoder().encode('{ }')).ok).toBe(false)
  })
})

describe('any count', () => {
  const heads = fc.bigInt({ min: 0n, max: 400n })
  const area = fc.bigInt({ min: 0n, max: 4_000_000n })
  it('is certified by its integers: gates by cross products, ratios floored and never above the mark they missed', () => {
    fc.assert(
      fc.property(
        fc.record({ fh: heads, ah: heads, bh: heads, fa: area, aa: area, ba: area, silent: heads }),
        fc.constantFrom(8 as const, 9 as const),
        ({ fh, ah, bh, fa, aa, ba, silent }, clause) => {
          const total = { area: fa + aa + ba + silent * 8_000n, heads: fh + ah + bh + silent, units: null }
          const question = retrofit({
            matter: { clause, scope: null },
            total,
            options: [{ choice: 'FOR', label: null, inFavour: { area: fa, heads: fh } }],
            others: [
              { of: ['AGAINST'], area: aa, heads: ah, units: null },
              { of: ['ABSTAIN'], area: ba, heads: bh, units: null },
            ],
          })
          const [certified] = built(certificateSource({ questions: [question] })).questions
          const [pa, ph] = [fa + aa + ba, fh + ah + bh]
          const quorum = 3n * pa >= 2n * total.area && 3n * ph >= 2n * total.heads && ph > 0n
          const approved =
            clause === 9 ? 2n * fa > pa && 2n * fh > ph : 4n * fa >= 3n * pa && 4n * fh >= 3n * ph
          const [option] = certified!.options
          expect(option!.outcome).toBe(!quorum ? 'NO_QUORUM' : approved ? 'PASSED' : 'NOT_PASSED')
          expect(option!.participation.area).toBe(formatPercentFloor(pa, total.area))
          expect(option!.ofTotal.heads).toBe(formatPercentFloor(fh, total.heads))
        },
      ),
      { numRuns: runs(200) },
    )
  })
})

describe('the order of versions', () => {
  it.each([
    [1, undefined, true],
    [1, 's-v1', false],
    [2, undefined, false],
    [2, 's-v1', true],
    [2, 's-v2', false],
    [3, 's-v01', false],
    [3, 't-v1', false],
    [12, 's-v9', true],
  ] as const)('version %d after %s: %s', (version, statementId, expected) => {
    const supersedes =
      statementId === undefined ? undefined : { statementId, digest: 'a'.repeat(64), reason: 'x' }
    expect(isInOrder('s', version, supersedes)).toBe(expected)
  })
})

it('sign-offs are over the count that the certificate names', () => {
  expect(built().signOffs.every(({ digest }) => digest === COUNT_DIGEST)).toBe(true)
})
