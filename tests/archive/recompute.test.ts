/** A recount of an archive: it holds for the honest one, and names every lie that an operator could tell with a fresh signature. */
import { beforeAll, describe, expect, it } from 'vitest'
import { ARCHIVE_FACTS, type ArchiveFiles, recomputeArchive } from '#archive'
import { canonicalBytes, sha256Hex, utf8 } from '#kernel'
import { formatVkey } from '#tlog'
import { createLogSigner } from '#tlog/server'
import { POLL_FACTS } from '#votes'
import { CHECKPOINT_FILE, LEAVES_FILE, MANIFEST_FILE, pollFile } from '../../app/archive/archive-file.ts'
import { publicRollBytes } from '../../app/votes/archive-poll.ts'
import { DEFAULT_POLICY, policyBytes } from '../../app/votes/policy.ts'
import { publicRoll } from '../../app/votes/roll.ts'
import { POLL } from '../votes/public-counts.ts'
import { archiveOf, bentLeaf, type Draft, draftOf, ORIGIN, placeOf, questionsOf, VKEY } from './archives.ts'

const OWN = { vkeys: null, older: null }

function factsOf(files: ArchiveFiles, options: Parameters<typeof recomputeArchive>[1] = OWN) {
  const recomputed = recomputeArchive(files, options)
  if (!recomputed.ok) throw new Error(recomputed.error)
  return recomputed.value
}

/** The facts that do not hold, with what was found. */
function faultsOf(files: ArchiveFiles, options?: Parameters<typeof recomputeArchive>[1]): readonly string[] {
  return factsOf(files, options).facts.flatMap(({ name, ok, detail }) => (ok ? [] : [`${name}: ${detail}`]))
}

const faultsWith = async (change: (draft: Draft) => unknown) => {
  const draft = draftOf()
  change(draft)
  return faultsOf(await archiveOf(draft))
}

/** A leaf of the draft bent in place, and its voucher's digest with it. */
const bend = (draft: Draft, index: number, changes: object) => {
  draft.leaves[index] = bentLeaf(draft.leaves[index]!, changes)
  draft.vouchers = draft.vouchers.map(voucher =>
    voucher.leafIndex === index ? { ...voucher, leafSha256: sha256Hex(draft.leaves[index]!) } : voucher,
  )
}

const voucherWith = (draft: Draft, i: number, changes: object) => {
  draft.vouchers[i] = { ...draft.vouchers[i]!, ...changes }
}

describe('an honest archive', () => {
  let files: ArchiveFiles
  beforeAll(async () => {
    files = await archiveOf(draftOf())
  })

  it('holds in every fact, and says what it is', () => {
    const result = factsOf(files)
    expect(result.facts.filter(({ ok }) => !ok)).toEqual([])
    const names = result.facts.map(({ name }) => name)
    expect(names).toEqual([...ARCHIVE_FACTS.filter(name => !name.startsWith('newer')), ...POLL_FACTS])
    expect(result).toMatchObject({ ok: true, community: 'demo', origin: ORIGIN, polls: [POLL] })
    expect(result.signedBy).toBe(VKEY.slice(0, VKEY.lastIndexOf('+')))
  })

  it('holds with the reader’s own key, and not with another’s', () => {
    expect(faultsOf(files, { vkeys: VKEY, older: null })).toEqual([])
    const other = formatVkey(createLogSigner(new Uint8Array(32).fill(8), ORIGIN).key)
    expect(faultsOf(files, { vkeys: other, older: null })).toEqual(['log-signature: note-signature-missing'])
    expect(factsOf(files, { vkeys: other, older: null }).signedBy).toBeNull()
  })

  it('of one poll holds with the log alone', async () => {
    const result = factsOf(await archiveOf({ ...draftOf(), ledger: null }))
    expect(result.ok).toBe(true)
    expect(result.facts.some(({ name }) => name.startsWith('ledger'))).toBe(false)
  })

  it('has no owner, no unit beside a token, and no single area', () => {
    const text = [...files]
      .map(([name, bytes]) => (name === pollFile(POLL, 'roll.json') ? '' : new TextDecoder().decode(bytes)))
      .join('')
    for (const { id, owners, area } of questionsOf()[0]!.poll.roll.units) {
      expect(text).not.toContain(id)
      for (const owner of owners) expect(text).not.toMatch(new RegExp(`\\b${owner}\\b`))
      expect(text).not.toMatch(new RegExp(`\\b${area}\\b`))
    }
  })
})

describe('files', () => {
  const withFile = async (change: (files: Map<string, Uint8Array>) => unknown) => {
    const files = new Map(await archiveOf(draftOf()))
    change(files)
    return faultsOf(files)
  }

  it('that are changed, missing or more are named', async () => {
    expect(await withFile(files => files.set('README.txt', utf8('read this')))).toEqual([
      'files: README.txt: changed',
    ])
    expect(await withFile(files => files.delete('README.txt'))).toEqual(['files: README.txt: missing'])
    expect(await withFile(files => files.set('notes.txt', utf8('x')))).toEqual([
      'files: notes.txt: not-named',
    ])
    expect((await withFile(files => files.delete(LEAVES_FILE)))[0]).toBe(`files: ${LEAVES_FILE}: missing`)
    expect(await withFile(files => files.delete(pollFile(POLL, 'motion.json')))).toContain('notice: missing')
    const unsigned = await withFile(files => files.set(CHECKPOINT_FILE, utf8('nothing')))
    expect(unsigned).toContain('log-root: malformed')
  })

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['another format', { v: 1, format: 'zip' }],
    [
      'no files',
      {
        v: 1,
        format: 'mingzhang-archive/1',
        community: 'a',
        origin: 'b',
        leafCount: 1,
        scope: 'poll',
        polls: [],
      },
    ],
    [
      'a poll with a path for a name',
      {
        v: 1,
        format: 'mingzhang-archive/1',
        community: 'a',
        origin: 'b',
        leafCount: 1,
        scope: 'poll',
        polls: ['../x'],
        files: [],
      },
    ],
  ])('with %s as manifest are no archive', async (_what, manifest) => {
    const files = new Map(await archiveOf(draftOf()))
    if (manifest === undefined) files.delete(MANIFEST_FILE)
    else files.set(MANIFEST_FILE, canonicalBytes(manifest as never))
    expect(recomputeArchive(files, OWN)).toEqual({ ok: false, error: 'not-an-archive' })
    const older = await archiveOf(draftOf())
    expect(recomputeArchive(older, { vkeys: null, older: files })).toEqual({
      ok: false,
      error: 'not-an-archive',
    })
  })
})

describe('the log', () => {
  it('is what the checkpoint is signed over', async () => {
    const honest = await archiveOf(draftOf())
    const draft = draftOf()
    draft.leaves.pop()
    const note = new TextDecoder().decode(honest.get(CHECKPOINT_FILE))
    const shorter = await archiveOf(draft, { checkpoint: note })
    expect(faultsOf(shorter)).toContain(`log-root: ${draft.leaves.length} of ${draft.leaves.length + 1}`)
    const bent = draftOf()
    bend(bent, placeOf(bent, 'vote.open'), { poll: 'p9' })
    expect(faultsOf(await archiveOf(bent, { checkpoint: note }))).toContain('log-root: root')
    const forged = note.replace(
      /(— \S+ \S{40})\S/,
      (_, head: string) => `${head}${note.includes(`${head}A`) ? 'B' : 'A'}`,
    )
    expect(faultsOf(await archiveOf(draftOf(), { checkpoint: forged }))).toEqual([
      'log-signature: note-signature-invalid',
    ])
  })

  it('holds only leaves of its own, and the note is its own', async () => {
    expect(await faultsWith(draft => bend(draft, 0, { log: 'other' }))).toEqual(['log-leaves: 0: other-log'])
    expect(await faultsWith(draft => (draft.leaves = [...draft.leaves, utf8('not json')]))).toEqual([
      `log-leaves: ${draftOf().leaves.length}: malformed`,
    ])
    const faults = faultsOf(await archiveOf(draftOf(), { origin: 'log.example.org/c/other' }))
    expect(faults).toEqual([
      'log-leaves: 0: other-log',
      'log-root: other-log',
      'log-signature: other-log',
      'ledger-record: other-log',
    ])
  })
})

describe('the ledger, with every leaf signed anew', () => {
  it.each<[string, (draft: Draft) => unknown, readonly string[]]>([
    [
      'a voucher left out of the record',
      draft => draft.vouchers.pop(),
      ['ledger-vouchers: 2026-0004: left-out'],
    ],
    [
      'a voucher that was never logged',
      draft =>
        draft.vouchers.push({ ...draft.vouchers[3]!, key: { fiscalYear: 2026, number: 5 }, leafIndex: 900 }),
      ['ledger-vouchers: 2026-0005: not-logged'],
    ],
    [
      'another amount in the record',
      draft =>
        voucherWith(draft, 1, {
          postings: [
            { fund: 'trust', account: '100201', side: 'debit', amountFen: 1n },
            { fund: 'trust', account: '410101', side: 'credit', amountFen: 1n },
          ],
        }),
      [
        'ledger-vouchers: 2026-0002: postings',
        'ledger-postings: 2026-0002: amount',
        'ledger-months: 2026-01: trial-balance',
      ],
    ],
    [
      'another narration',
      draft => voucherWith(draft, 1, { narration: 'x' }),
      ['ledger-vouchers: 2026-0002: narration'],
    ],
    [
      'another day',
      draft => voucherWith(draft, 1, { occurredOn: '2026-01-11' }),
      ['ledger-vouchers: 2026-0002: occurred_on'],
    ],
    [
      'another month',
      draft => voucherWith(draft, 1, { period: '2026-02' }),
      ['ledger-vouchers: 2026-0002: period', 'ledger-months: 2026-01: 2 of 3 vouchers'],
    ],
    [
      'another digest',
      draft => voucherWith(draft, 1, { leafSha256: '00'.repeat(32) }),
      ['ledger-vouchers: 2026-0002: leaf'],
    ],
    [
      'another headline amount',
      draft => voucherWith(draft, 1, { amountFen: 1n }),
      ['ledger-postings: 2026-0002: amount'],
    ],
    [
      'a reversal of another',
      draft => voucherWith(draft, 3, { reverses: { fiscalYear: 2026, number: 2 } }),
      ['ledger-vouchers: 2026-0004: reverses'],
    ],
    [
      'a voucher twice',
      draft => draft.vouchers.push(draft.vouchers[3]!),
      ['ledger-vouchers: 2026-0004: not-logged', 'ledger-numbers: 2026-0004: twice'],
    ],
    [
      'a closing with another balance',
      draft => bend(draft, placeOf(draft, 'ledger.period-closed'), { trial_balance_sha256: '00'.repeat(32) }),
      ['ledger-months: 2026-01: trial-balance'],
    ],
    [
      'a closing with another count',
      draft => bend(draft, placeOf(draft, 'ledger.period-closed'), { vouchers: 4 }),
      ['ledger-months: 2026-01: 3 of 4 vouchers'],
    ],
    [
      'a statement of other figures',
      draft => Object.assign(draft.statements[0]!, { digest: '00'.repeat(32) }),
      ['ledger-statements: FS-2026-01-1: not-logged'],
    ],
    ['a statement left out', draft => draft.statements.pop(), ['ledger-statements: FS-2026-01-1: left-out']],
    [
      'another balance',
      draft => (draft.ledger = text => text.replace('"balanceFen": "1050000"', '"balanceFen": "1050001"')),
      ['ledger-balances: Assets:Trust:100201: 1050001 for 1050000'],
    ],
    [
      'a balance left out',
      draft => (draft.ledger = text => text.replace(/\{\s*"account": "Assets[^}]*\},/, '')),
      ['ledger-balances: 3 of 4'],
    ],
    [
      'an unknown account',
      draft => (draft.ledger = text => text.replace('"code": "5103"', '"code": "5999"')),
      ['ledger-balances: 2026-0003: account-unknown'],
    ],
  ])('with %s is named', async (_what, change, expected) => {
    expect(await faultsWith(change)).toEqual(expect.arrayContaining([...expected]))
    expect((await faultsWith(change)).every(text => text.startsWith('ledger-'))).toBe(true)
  })

  it('with a voucher that does not balance, logged as such, is named', async () => {
    const faults = await faultsWith(draft => {
      const postings = [
        { ...draft.vouchers[1]!.postings[0]!, amountFen: 150_001n },
        draft.vouchers[1]!.postings[1]!,
      ]
      voucherWith(draft, 1, { postings, amountFen: 150_001n })
      bend(draft, 1, {
        postings: postings.map(({ amountFen, ...rest }) => ({ ...rest, fen: `${amountFen}` })),
      })
    })
    expect(faults).toEqual(['ledger-postings: 2026-0002: trust 1', 'ledger-months: 2026-01: trial-balance'])
  })

  it('with a number that is missing is named', async () => {
    const faults = await faultsWith(draft => {
      voucherWith(draft, 3, { key: { fiscalYear: 2026, number: 9 } })
      bend(draft, 3, { voucher: '2026-0009' })
    })
    expect(faults).toEqual(['ledger-numbers: 2026: 4 missing'])
  })

  it('that cannot be read leaves no fact of it standing', async () => {
    for (const text of ['', '{}', '[]', '{"format":"mingzhang-export/1"}']) {
      const faults = await faultsWith(draft => (draft.ledger = () => text))
      expect(faults[0]).toMatch(/^ledger-record: malformed: /)
      expect(faults.slice(1).every(fault => fault.endsWith(': unread'))).toBe(true)
      expect(faults).toHaveLength(7)
    }
    for (const member of ['"side": "debit"', '"amountFen": "150000"', '"leafIndex": 0', '"type": "cash"']) {
      const faults = await faultsWith(draft => (draft.ledger = text => text.replace(member, '"x": 1')))
      expect(faults[0]).toMatch(/^ledger-record: malformed: (vouchers|accounts)\[/)
    }
  })
})

describe('a poll', () => {
  const withPoll = (draft: Draft, changes: Partial<Draft['polls'][number]>) => {
    draft.polls = [{ ...draft.polls[0]!, ...changes }]
  }
  const bentCount = (draft: Draft, i: number, find: RegExp, by: string) => {
    const counts = draft.polls[0]!.counts.map((bytes, n) =>
      n === i ? utf8(new TextDecoder().decode(bytes).replace(find, by)) : bytes,
    )
    withPoll(draft, { counts })
  }

  it.each<[string, (draft: Draft) => unknown, readonly string[]]>([
    [
      'another motion',
      draft => withPoll(draft, { motion: canonicalBytes({ v: 1, poll: POLL, questions: [] }) }),
      ['notice: motion', 'roll: weights: 40 for 0 units'],
    ],
    [
      'another policy',
      draft =>
        withPoll(draft, { policy: policyBytes({ ...DEFAULT_POLICY, countSpecialSpaces: true }, null) }),
      ['notice: policy', 'roll: weights: 40 for 41 units'],
    ],
    [
      'a unit less on the public roll',
      draft =>
        withPoll(draft, {
          publicRoll: publicRollBytes(POLL, publicRoll(questionsOf()[0]!.poll.roll).slice(1)),
        }),
      ['roll: weights: 40 for 39 units'],
    ],
    [
      'another area on the public roll',
      draft =>
        withPoll(draft, {
          publicRoll: publicRollBytes(
            POLL,
            publicRoll(questionsOf()[0]!.poll.roll).map((row, i) =>
              i === 0 ? { ...row, area: 1n as typeof row.area } : row,
            ),
          ),
        }),
      ['roll: weights: area'],
    ],
    [
      'owners on the public roll',
      draft =>
        withPoll(draft, {
          publicRoll: canonicalBytes({ v: 1, poll: POLL, units: [{ unit: '1-1-101', owners: ['A'] }] }),
        }),
      ['roll: roll-malformed'],
    ],
    [
      'a ballot leaf deleted',
      draft => draft.leaves.splice(placeOf(draft, 'vote.ballot', 3), 1),
      ['seal: 32 of 33', 'ballots: 4: not-logged', 'openings: 4: not-logged'],
    ],
    [
      'a ballot slipped in after the seal',
      draft => draft.leaves.push(bentLeaf(draft.leaves[placeOf(draft, 'vote.ballot')]!, { seq: 99 })),
      ['course: vote.ballot-after-seal', 'seal: 34 of 33', 'ballots: 99: unopened'],
    ],
    [
      'a second notice',
      draft => draft.leaves.push(draft.leaves[placeOf(draft, 'vote.notice')]!),
      ['course: vote.notice-twice'],
    ],
    [
      'a malformed leaf',
      draft => bend(draft, placeOf(draft, 'vote.seal'), { ballots: 'x' }),
      ['course: vote.seal', 'seal: missing'],
    ],
    [
      'no notice',
      draft => bend(draft, placeOf(draft, 'vote.notice'), { t: 'vote.other' }),
      ['notice: missing', 'weights: notice-missing'],
    ],
    [
      'another board',
      draft => withPoll(draft, { board: canonicalBytes({ v: 1 }) }),
      ['board: malformed: board'],
    ],
    ['no board', draft => withPoll(draft, { board: null }), ['board: missing']],
    ['no result', draft => withPoll(draft, { counts: [] }), ['posted: missing']],
    [
      'another outcome posted',
      draft =>
        bentCount(
          draft,
          0,
          /"outcome":"NOT_PASSED","q|"outcome":"PASSED"(?=,"plans")/,
          '"outcome":"NO_QUORUM"',
        ),
      ['posted: q1: outcome'],
    ],
    [
      'more in favour posted',
      draft => bentCount(draft, 0, /("inFavour":\{"area":")\d+/, '$1999999'),
      ['posted: q1: FOR'],
    ],
    [
      'another total posted',
      draft => bentCount(draft, 0, /("total":\{"area":")\d+/, '$1999999'),
      ['posted: q1: total'],
    ],
    [
      'a result of another count',
      draft => bentCount(draft, 1, /"digest":"[0-9a-f]{64}"/, `"digest":"${'00'.repeat(32)}"`),
      ['posted: q2: digest'],
    ],
    [
      'a plan’s figures changed',
      draft => bentCount(draft, 1, /("none":\{"area":")\d+/, '$11'),
      ['posted: q2: NONE'],
    ],
    [
      'a list of excluded ballots posted',
      draft => bentCount(draft, 0, /"inFavour"/, '"excluded":[],"inFavour"'),
      ['posted: q1: not-public: excluded'],
    ],
    [
      'owners in the result',
      draft => bentCount(draft, 0, /\{"digest"/, '{"by":["A"],"digest"'),
      ['posted: q1: not-public: by'],
    ],
    [
      'no figures',
      draft => bentCount(draft, 0, /"figures"/, '"figuros"'),
      ['posted: q1: not-public: figuros'],
    ],
    ['a poll left out', draft => (draft.polls = []), [`polls: ${POLL}: left-out`]],
    [
      'a poll that was never held',
      draft => draft.polls.push({ ...draft.polls[0]!, pollId: 'p7' }),
      [
        'notice: missing',
        'course: not-logged',
        'roll: other-poll',
        'weights: other-poll',
        'board: other-poll',
      ],
    ],
  ])('with %s is named', async (_what, change, expected) => {
    expect(await faultsWith(change)).toEqual(expect.arrayContaining([...expected]))
  })

  it('whose result was taken over from another system has no board, and needs none', async () => {
    const draft = draftOf()
    const tallies = [placeOf(draft, 'vote.tally', 0), placeOf(draft, 'vote.tally', 1)]
    for (const index of tallies) bend(draft, index, { t: 'vote.import' })
    withPoll(draft, { board: null })
    const result = factsOf(await archiveOf(draft))
    expect(result.ok).toBe(true)
    expect(result.facts.filter(({ poll }) => poll !== null).map(({ name }) => name)).toEqual([
      'notice',
      'course',
      'roll',
    ])
  })
})

describe('an older archive', () => {
  const olderThan = (draft: Draft): Draft => ({
    ...draft,
    leaves: draft.leaves.slice(0, placeOf(draft, 'vote.open')),
    polls: [],
  })
  const against = async (older: Draft, newer: Draft) => {
    const options = { vkeys: null, older: await archiveOf(older) }
    return faultsOf(await archiveOf(newer), options)
  }

  it('is the beginning of the newer', async () => {
    const draft = draftOf()
    expect(await against(olderThan(draft), draft)).toEqual([])
    expect(await against(draft, draft)).toEqual([])
    const names = factsOf(await archiveOf(draft), { vkeys: null, older: await archiveOf(draft) }).facts.map(
      f => f.name,
    )
    expect(names).toEqual(expect.arrayContaining([...ARCHIVE_FACTS]))
  })

  it('is not when the newer is shorter, changed, or of another community', async () => {
    const draft = draftOf()
    const size = placeOf(draft, 'vote.open')
    expect(await against(draft, olderThan(draft))).toContain(`newer-log: ${size} of ${draft.leaves.length}`)
    const bent = draftOf()
    bend(bent, 1, { narration: 'x' })
    voucherWith(bent, 1, { narration: 'x' })
    expect(await against(olderThan(draft), bent)).toEqual([
      'newer-log: 1: changed',
      'newer-ledger: 2026-0002: changed',
    ])
    const fewer = { ...draftOf(), vouchers: draftOf().vouchers.slice(0, 3) }
    expect(await against(draft, fewer)).toContain('newer-ledger: 2026-0004: left-out')
    const older = await archiveOf(draftOf(), { origin: 'log.example.org/c/other' })
    expect(faultsOf(await archiveOf(draft), { vkeys: null, older })).toContain('newer-log: other-log')
  })

  it('proves nothing when it does not hold itself', async () => {
    const draft = draftOf()
    const older = new Map(await archiveOf(draft))
    older.set(CHECKPOINT_FILE, utf8('nothing'))
    expect(faultsOf(await archiveOf(draft), { vkeys: null, older })).toContain(
      'newer-log: older: log-root: malformed',
    )
  })

  it('keeps its polls: frozen parts never change, and a board only with a recount', async () => {
    const draft = draftOf()
    const [held] = draft.polls
    const changed = (changes: Partial<typeof held>) => ({ ...draftOf(), polls: [{ ...held!, ...changes }] })
    expect(await against(draft, changed({ motion: utf8('{}') }))).toContain(`newer-polls: ${POLL}: motion`)
    expect(await against(draft, changed({ board: utf8('{}') }))).toContain(`newer-polls: ${POLL}: board`)
    expect(await against(draft, { ...draftOf(), polls: [] })).toContain(`newer-polls: ${POLL}: left-out`)
    const recounted = changed({ board: utf8('{}') })
    recounted.leaves.push(recounted.leaves[placeOf(recounted, 'vote.tally')]!)
    expect((await against(draft, recounted)).some(text => text.startsWith('newer-polls'))).toBe(false)
  })
})
