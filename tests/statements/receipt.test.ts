/** A ballot's receipt: it proves itself to its owner alone, and nothing else in its place does. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sha256, toBase64, toHex, utf8 } from '#kernel'
import { checkReceipt, RECEIPT_FACTS } from '#statements'
import { formatCheckpoint, formatProof, formatVkey, hashLeaf } from '#tlog'
import { createLogSigner } from '#tlog/server'
import { createGrowingTree } from '../../app/tlog/growing-tree.ts'
import { formatNote } from '../../app/tlog/note.ts'
import { commitBallot, encodeVoteLeaf } from '../../app/votes/leaf.ts'

const LOG = 'log.example.org/c/demo'
const signer = createLogSigner(new Uint8Array(32).fill(7), LOG)
const VKEY = formatVkey(signer.key)
const salt = sha256(utf8('salt')).slice(0, 16)
const opening = { poll: 'p1', token: 'token-of-the-unit', choice: 'q1=FOR;q2=PLAN-A' }

const leafOf = (changes: object = {}) =>
  encodeVoteLeaf({
    v: 1,
    t: 'vote.ballot',
    log: LOG,
    poll: opening.poll,
    seq: 7,
    cc: commitBallot({ ...opening, salt }),
    channel: 'online',
    token: opening.token,
    ...changes,
  })

/** The stand-alone proof of the second of two leaves. */
async function proofOf(leaf: Uint8Array): Promise<string> {
  const first = utf8('first')
  const tree = createGrowingTree()
  for (const each of [first, leaf]) tree.append(hashLeaf(each))
  const text = formatCheckpoint({ origin: LOG, size: 2, root: tree.root() })
  const checkpoint = formatNote(text, [await signer.sign(text)])
  return formatProof({ extra: null, index: 1, hashes: [hashLeaf(first)], checkpoint })
}

const leaf = leafOf()
const receipt = {
  v: 1,
  community: 'demo',
  log: LOG,
  poll: opening.poll,
  seq: 7,
  unit: '1栋-1单元-101',
  answers: opening.choice,
  salt: toHex(salt),
  token: opening.token,
  leafIndex: 1,
  leaf: toBase64(leaf),
  proof: await proofOf(leaf),
}

function faultsOf(changes: object, vkeys: readonly string[] = [VKEY]): readonly string[] {
  const { facts } = checkReceipt(utf8(JSON.stringify({ ...receipt, ...changes })), vkeys)
  return facts.filter(({ ok }) => !ok).map(({ name, detail }) => `${name}: ${detail}`)
}

describe('a receipt', () => {
  it('holds by itself, with the log’s key alone', () => {
    const report = checkReceipt(utf8(JSON.stringify(receipt, null, 2)), [VKEY])
    expect(report.facts).toEqual(RECEIPT_FACTS.map(name => ({ name, ok: true, detail: '' })))
    expect(report.receipt).toMatchObject({ unit: receipt.unit, answers: receipt.answers, seq: 7 })
  })

  it.each<[string, object, readonly string[]]>([
    ['other answers', { answers: 'q1=AGAINST;q2=PLAN-A' }, ['opening: does-not-open']],
    ['another salt', { salt: '00'.repeat(16) }, ['opening: does-not-open']],
    ['another token', { token: 'another' }, ['leaf: other-ballot']],
    ['another poll', { poll: 'p2' }, ['leaf: other-ballot']],
    ['another number', { seq: 8 }, ['leaf: other-ballot']],
    ['another log', { log: 'log.example.org/c/other' }, ['leaf: other-ballot', 'log: other-log']],
    ['another place', { leafIndex: 0 }, ['log: other-place']],
    ['no proof yet', { proof: null }, ['log: not-yet-published']],
    ['a broken proof', { proof: 'c2sp.org/tlog-proof@v1\n' }, ['log: proof-malformed']],
    ['a leaf that was never logged', { leaf: toBase64(leafOf({ channel: 'paper' })) }, ['log: not-in-log']],
    [
      'a leaf of another kind',
      { leaf: toBase64(utf8('{}')) },
      ['leaf: no-ballot', 'opening: no-ballot', 'log: not-in-log'],
    ],
  ])('with %s is found out', (_what, changes, expected) => {
    expect(faultsOf(changes)).toEqual(expected)
  })

  it('proves nothing without the reader’s key, or with another’s', () => {
    expect(faultsOf({}, [])).toEqual(['log: no-log-key'])
    const other = formatVkey(createLogSigner(new Uint8Array(32).fill(8), LOG).key)
    expect(faultsOf({}, [other])).toHaveLength(1)
  })

  it('that cannot be read says so, and anything at all never throws', () => {
    for (const changes of [
      { v: 2 },
      { unit: 1 },
      { seq: '7' },
      { leaf: '*' },
      { proof: 1 },
      { leafIndex: 1.5 },
    ]) {
      expect(faultsOf(changes)[0]).toBe('receipt: malformed')
      expect(faultsOf(changes)).toHaveLength(4)
    }
    fc.assert(fc.property(fc.json(), json => checkReceipt(utf8(json), [VKEY]).facts.some(({ ok }) => !ok)))
    expect(checkReceipt(Uint8Array.of(0xff), [VKEY]).receipt).toBeNull()
  })
})
