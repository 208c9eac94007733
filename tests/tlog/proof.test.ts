/** Stand-alone proofs, policies, and what a log and a witness say to each other: the vectors and their tampered twins. */
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { fromHex, sha256Hex, toBase64, toHex, utf8 } from '#kernel'
import {
  type Checkpoint,
  createGrowingTree,
  formatProof,
  hashLeaf,
  type LogPolicy,
  parsePolicy,
  parseProof,
  policyOfLog,
  verifyProof,
} from '#tlog'
import { verifierKeyOf } from '../../app/tlog/note.ts'
import { isQuorum } from '../../app/tlog/policy.ts'
import { encodeEntryBundle, formatTilePath, readerOfTiles, tilesOfTree } from '../../app/tlog/tile.ts'
import { hashNode, proveConsistency, proveInclusion } from '../../app/tlog/tree.ts'
import { checkAddCheckpoint, formatAddCheckpoint, parseAddCheckpoint } from '../../app/tlog/witness.ts'
import { fc, runs } from '../support/properties.ts'
import vectors from '../vectors/tlog/vectors.json'

const { ours } = vectors

function policy(text: string): LogPolicy {
  const parsed = parsePolicy(text)
  if (!parsed.ok) throw new Error(`policy line ${parsed.error.line}`)
  return parsed.value
}

const entries = Array.from({ length: 300 }, (_, i) =>
  utf8(`{"amount":"${i * 100}","ccy":"CNY","seq":${i},"type":"ledger.entry","v":1}`),
)
const leafHashes = entries.map(hashLeaf)
const both = policy(ours.policy)
const logKey = both.logs[0]!

/** All tiles of our log of 300. */
function tilesOf300() {
  const tree = createGrowingTree()
  const full = leafHashes.flatMap(hash => tree.append(hash))
  return tilesOfTree(300).map(tile => {
    const whole = full.find(({ tile: { level, index } }) => level === tile.level && index === tile.index)
    if (whole) return whole
    const rootsBelow =
      tile.level === 0 ? leafHashes : [fromHex(ours.resources_for_size_300['tile/1/000.p/1'])!]
    const hashes = rootsBelow.slice(tile.index * 256, tile.index * 256 + tile.width)
    return { tile, bytes: Uint8Array.from(hashes.flatMap(hash => [...hash])) }
  })
}

describe('our vectors', () => {
  it('leaf, node and roots', () => {
    expect(new TextDecoder().decode(entries[0])).toBe(ours.leaf0.text)
    expect(toHex(leafHashes[0]!)).toBe(ours.leaf0.hash_hex)
    expect(toHex(leafHashes[1]!)).toBe(ours.leaf1_hash_hex)
    expect(toHex(hashNode(leafHashes[0]!, leafHashes[1]!))).toBe(ours.node_0_1.hash_hex)
    const tree = createGrowingTree()
    expect(toBase64(tree.root())).toBe(ours.empty_root)
    const roots: Record<string, string> = {}
    for (const hash of leafHashes) {
      tree.append(hash)
      if (String(tree.size()) in ours.roots) roots[tree.size()] = toBase64(tree.root())
    }
    expect(roots).toEqual(ours.roots)
  })

  it('tiles and bundles of the log of 300', () => {
    const resources = new Map<string, Uint8Array>(
      tilesOf300().map(({ tile, bytes }) => [formatTilePath(tile), bytes]),
    )
    for (const [index, width] of [
      [0, 256],
      [1, 44],
    ] as const) {
      const path = formatTilePath({ level: 'entries', index, width })
      resources.set(path, encodeEntryBundle(entries.slice(index * 256, index * 256 + width)))
    }
    const described = Object.fromEntries(
      [...resources].map(([path, bytes]) => [
        path,
        bytes.length === 32 ? toHex(bytes) : `sha256:${sha256Hex(bytes)}`,
      ]),
    )
    expect(described).toEqual(ours.resources_for_size_300)
  })

  it('inclusion and consistency proofs, the question to a witness, and the stand-alone proof', () => {
    const read = readerOfTiles(tilesOf300())
    const inclusion = proveInclusion(257, 300, read)
    const consistency = proveConsistency(256, 300, read)
    expect(inclusion.map(toBase64)).toEqual(ours.inclusion_257_of_300)
    expect(consistency.map(toBase64)).toEqual(ours.consistency_256_300)
    expect(
      formatAddCheckpoint({ oldSize: 256, hashes: consistency, checkpoint: ours.signed_checkpoint_300 }),
    ).toBe(ours.add_checkpoint_256_to_300)
    expect(
      formatProof({ extra: null, index: 257, hashes: inclusion, checkpoint: ours.cosigned_checkpoint_300 }),
    ).toBe(ours.tlog_proof)
  })

  it('the proof verifies under the policy', () => {
    const verified = verifyProof(ours.tlog_proof, utf8(ours.tlog_proof_leaf), both)
    if (!verified.ok) throw new Error(verified.error)
    expect(verified.value).toMatchObject({ origin: ours.log.name, index: 257, size: 300 })
    expect(verified.value.witnesses.map(({ timestamp }) => timestamp)).toEqual([1795170321n, 1795170322n])
    expect(verifyProof(ours.tlog_proof, utf8(ours.tlog_proof_leaf), policyOfLog(logKey)).ok).toBe(true)
  })
})

describe('proofs that show nothing', () => {
  const entry = utf8(ours.tlog_proof_leaf)
  const withoutWitness = ours.tlog_proof.replace(ours.cosignature2.line, '')
  const stranger = verifierKeyOf(ours.log.name, 1, new Uint8Array(32).fill(9))
  it.each([
    ['another entry', ours.tlog_proof, utf8(ours.tlog_proof_leaf.replace('25700', '25701')), both],
    ['another index', ours.tlog_proof.replace('index 257', 'index 256'), entry, both],
    ['an index beyond the tree', ours.tlog_proof.replace('index 257', 'index 300'), entry, both],
    ['a hash left out', ours.tlog_proof.replace(`${ours.inclusion_257_of_300[0]}\n`, ''), entry, both],
    ['hashes swapped', ours.tlog_proof.replace(/(\S{44})\n(\S{44})\n/, '$2\n$1\n'), entry, both],
  ])('%s: inclusion', (_, text, bytes, under) => {
    expect(verifyProof(text, bytes, under)).toEqual({ ok: false, error: 'proof-inclusion-invalid' })
  })

  it.each([
    ['another size', ours.tlog_proof.replace('\n300\n', '\n301\n'), both, 'proof-signature-invalid'],
    ['a witness missing', withoutWitness, both, 'proof-quorum-missing'],
    ['a log unknown', ours.tlog_proof, { ...both, logs: [] }, 'proof-log-unknown'],
    ['another key of the log', ours.tlog_proof, { ...both, logs: [stranger] }, 'proof-log-signature-missing'],
    [
      'only witnesses signed',
      ours.tlog_proof.replace(/\n— ledger[^\n]*/, ''),
      both,
      'proof-log-signature-missing',
    ],
    [
      'nobody known signed',
      ours.tlog_proof.replace(/\n— ledger[^\n]*/, ''),
      policyOfLog(logKey),
      'proof-log-signature-missing',
    ],
    ['another origin', ours.tlog_proof.replace('\n\nledger.', '\n\nledges.'), both, 'proof-log-unknown'],
  ] as const)('%s', (_, text, under, error) => {
    expect(verifyProof(text, entry, under)).toEqual({ ok: false, error })
  })

  it.each([
    ['no first line', ours.tlog_proof.slice(ours.tlog_proof.indexOf('\n') + 1)],
    ['version 2', ours.tlog_proof.replace('@v1', '@v2')],
    ['index with a zero before', ours.tlog_proof.replace('index 257', 'index 0257')],
    ['no index', ours.tlog_proof.replace('index 257\n', '')],
    ['index twice', ours.tlog_proof.replace('index 257\n', 'index 257\nindex 257\n')],
    ['extra that is not base64', ours.tlog_proof.replace('index', 'extra ?\nindex')],
    ['extra after index', ours.tlog_proof.replace('index 257\n', 'index 257\nextra AAAA\n')],
    [
      'a hash of 31 bytes',
      ours.tlog_proof.replace(ours.inclusion_257_of_300[0]!, toBase64(new Uint8Array(31))),
    ],
    ['64 hashes', ours.tlog_proof.replace('index 257\n', `index 257\n${`${ours.roots[1]}\n`.repeat(64)}`)],
    ['no checkpoint', ours.tlog_proof.slice(0, ours.tlog_proof.indexOf('\n\n'))],
    ['a checkpoint without signature', ours.tlog_proof.slice(0, ours.tlog_proof.lastIndexOf('\n\n') + 2)],
    ['carriage returns', ours.tlog_proof.replaceAll('\n', '\r\n')],
    ['a byte order mark', `\ufeff${ours.tlog_proof}`],
  ])('%s: malformed', (_, text) => {
    expect(verifyProof(text, entry, both)).toEqual({ ok: false, error: 'proof-malformed' })
  })

  it('a signed note that is no checkpoint is malformed', () => {
    const { note } = vectors.c2sp_signed_note_example
    expect(verifyProof(`c2sp.org/tlog-proof@v1\nindex 0\n\n${note}`, entry, both)).toEqual({
      ok: false,
      error: 'proof-malformed',
    })
  })

  it('no changed byte of a proof is accepted as this entry under this policy, but in lines of strangers', () => {
    fc.assert(
      fc.property(fc.nat(ours.tlog_proof.length - 1), fc.integer({ min: 1, max: 127 }), (at, by) => {
        const code = ours.tlog_proof.charCodeAt(at)
        const text = `${ours.tlog_proof.slice(0, at)}${String.fromCharCode(code ^ by)}${ours.tlog_proof.slice(at + 1)}`
        expect(verifyProof(text, entry, both).ok).toBe(false)
      }),
      { numRuns: runs(400) },
    )
  })
})

describe('reading back', () => {
  it('what it writes, with extra and without', () => {
    const hash = fc.uint8Array({ minLength: 32, maxLength: 32 })
    const proof = fc.record({
      extra: fc.option(fc.uint8Array({ minLength: 1, maxLength: 30 })),
      index: fc.maxSafeNat(),
      hashes: fc.array(hash, { maxLength: 63 }),
      checkpoint: fc.constant(ours.signed_checkpoint_300),
    })
    fc.assert(
      fc.property(proof, written => {
        expect(parseProof(formatProof(written))).toEqual({ ok: true, value: written })
      }),
    )
  })
})

describe('policies', () => {
  const [w1, w2] = ours.witnesses.map(witness => witness.vkey)
  const log = `log ${ours.log.vkey}`

  it('a quorum of groups', () => {
    const nested = policy(
      `# policy\n${log} https://log.example.cn/\n\n\twitness a ${w1}\nwitness b ${w2} https://w.example.cn\n` +
        'group one any a\ngroup all all one b\nquorum all\n',
    )
    const [a, b] = nested.witnesses
    expect(isQuorum(nested.quorum, [a!, b!])).toBe(true)
    expect(isQuorum(nested.quorum, [b!])).toBe(false)
    const oneOfTwo = policy(`${log}\nwitness a ${w1}\nwitness b ${w2}\ngroup g 1 a b\nquorum g\n`)
    expect(isQuorum(oneOfTwo.quorum, [oneOfTwo.witnesses[1]!])).toBe(true)
    expect(isQuorum(oneOfTwo.quorum, [])).toBe(false)
    expect(isQuorum(policy('quorum none\n').quorum, [])).toBe(true)
  })

  it.each([
    ['no quorum', `${log}\n`, 0],
    ['two quorums', 'quorum none\nquorum none\n', 2],
    ['an unknown word', `${log}\nlogs x\nquorum none\n`, 2],
    ['a log twice', `${log}\n${log}\nquorum none\n`, 2],
    ['a witness key as log', `log ${w1}\nquorum none\n`, 1],
    ['a log key as witness', `witness a ${ours.log.vkey}\nquorum a\n`, 1],
    ['a witness twice', `witness a ${w1}\nwitness b ${w1}\nquorum a\n`, 2],
    ['a name twice', `witness a ${w1}\nwitness a ${w2}\nquorum a\n`, 2],
    ['the name none', `witness none ${w1}\nquorum none\n`, 1],
    ['a quorum of nobody', `witness a ${w1}\nquorum b\n`, 2],
    ['a member before its definition', `group g all a\nwitness a ${w1}\nquorum g\n`, 1],
    ['a member in two groups', `witness a ${w1}\ngroup g all a\ngroup h all a\nquorum h\n`, 3],
    ['a member twice', `witness a ${w1}\ngroup g 1 a a\nquorum g\n`, 2],
    ['a threshold of 0', `witness a ${w1}\ngroup g 0 a\nquorum g\n`, 2],
    ['a threshold above the members', `witness a ${w1}\ngroup g 2 a\nquorum g\n`, 2],
    ['an empty group', `witness a ${w1}\ngroup g any\nquorum g\n`, 2],
    ['a key that is none', 'log x\nquorum none\n', 1],
  ])('refuses %s', (_, text, line) => {
    expect(parsePolicy(text)).toEqual({ ok: false, error: { code: 'policy-malformed', line } })
  })
})

describe('witnessing', () => {
  const head300 = { size: 300, root: Uint8Array.from(Buffer.from(ours.roots['300'], 'base64')) }
  const head256 = { size: 256, root: Uint8Array.from(Buffer.from(ours.roots['256'], 'base64')) }
  const body = ours.add_checkpoint_256_to_300

  it('our growth from 256 to 300', () => {
    expect(checkAddCheckpoint(body, [logKey], () => head256)).toMatchObject({
      ok: true,
      value: { size: 300 },
    })
    const again = formatAddCheckpoint({ oldSize: 300, hashes: [], checkpoint: ours.signed_checkpoint_300 })
    expect(checkAddCheckpoint(again, [logKey], () => head300).ok).toBe(true)
    expect(checkAddCheckpoint(again, [logKey], () => ({ ...head300, root: head256.root }))).toEqual({
      ok: false,
      error: 'witness-fork',
    })
  })

  it.each([
    ['witness-request-malformed', body.replace('old 256', 'old 0256'), head256],
    ['witness-request-malformed', body.replace('old 256', 'old 301'), head256],
    ['witness-request-malformed', body.replace('DL2l', 'DL2'), head256],
    ['witness-request-malformed', 'old 0', head256],
    ['witness-log-unknown', body.replace('\n\nledger', '\n\nledges'), head256],
    ['witness-log-signature-invalid', body.replace('\n300\n', '\n301\n'), head256],
    ['witness-old-size-stale', body, { size: 255, root: head256.root }],
    ['witness-proof-invalid', body, { size: 256, root: head300.root }],
    ['witness-proof-invalid', body.replace('DL2l', 'DL2m'), head256],
  ])('%s', (error, text, seen) => {
    expect(checkAddCheckpoint(text, [logKey], () => seen)).toEqual({ ok: false, error })
  })

  it('reads back the question it writes', () => {
    const parsed = parseAddCheckpoint(body)
    if (!parsed.ok) throw new Error(parsed.error)
    expect(formatAddCheckpoint(parsed.value)).toBe(body)
  })
})

const shared = '../shared/tlog/vectors.json'
describe.runIf(existsSync(shared))('a session of litewitness', () => {
  interface Session {
    log_pub_hex: string
    steps: { request: string; status: number }[]
  }
  /**
   * A stranger to the witness is answered 404 by the specification of today, and was 403 in the session. The session's
   * wrong signature is base64 with stray bits, which we refuse as malformed before anybody verifies it.
   */
  const statusOf: Record<string, readonly number[]> = {
    'witness-request-malformed': [400, 403],
    'witness-log-unknown': [403, 404],
    'witness-log-signature-invalid': [403],
    'witness-old-size-stale': [409],
    'witness-fork': [409, 422],
    'witness-proof-invalid': [422],
  }

  it('ends each step as litewitness did', () => {
    const session = (JSON.parse(readFileSync(shared, 'utf8')) as { litewitness_session: Session })
      .litewitness_session
    const origin = session.steps[0]!.request.split('\n')[2]!
    const key = verifierKeyOf(origin, 1, fromHex(session.log_pub_hex)!)
    let seen: Pick<Checkpoint, 'size' | 'root'> | null = null
    for (const { request, status } of session.steps) {
      const before = seen
      const outcome = checkAddCheckpoint(request, [key], () => before)
      if (outcome.ok) seen = outcome.value
      const statuses = outcome.ok ? [200] : statusOf[outcome.error]
      expect(statuses).toContain(status)
    }
    expect(seen).toMatchObject({ size: 5 })
  })
})
