/** Checkpoint text, signed notes, verifier keys and cosignatures: the vectors, and what must be refused. */
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { fromHex, toBase64, toHex, utf8 } from '#kernel'
import { formatCheckpoint, parseCheckpoint } from '../../app/tlog/checkpoint.ts'
import { cosignedMessage, verifyCosignature } from '../../app/tlog/cosignature.ts'
import { createCosigner, createLogSigner } from '../../app/tlog/log-signer.server.ts'
import {
  formatNote,
  formatSignatureLine,
  formatVkey,
  isKeyName,
  isSameKey,
  parseNote,
  parseVkey,
  type VerifierKey,
  verifierKeyOf,
  verifyNote,
} from '../../app/tlog/note.ts'
import vectors from '../vectors/tlog/vectors.json'
import { tampered } from './reference.ts'

const { ours } = vectors

function keyOf(vkey: string): VerifierKey {
  const key = parseVkey(vkey)
  if (!key.ok) throw new Error(key.error)
  return key.value
}

const logKey = keyOf(ours.log.vkey)
const witnessKeys = ours.witnesses.map(witness => keyOf(witness.vkey))

describe('verifier keys', () => {
  it.each([ours.log, ...ours.witnesses])('$name', ({ name, vkey, key_id, pub_hex }) => {
    const key = keyOf(vkey)
    expect(key).toMatchObject({ name, keyId: key_id })
    expect(toHex(key.publicKey)).toBe(pub_hex)
    expect(formatVkey(key)).toBe(vkey)
    expect(isSameKey(key, verifierKeyOf(name, key.type, fromHex(pub_hex)!))).toBe(true)
  })

  it.each([
    ['a name with a space', ours.log.vkey.replace('ledger', 'led ger')],
    ['another name', ours.log.vkey.replace('ledger', 'ledges')],
    ['another id', ours.log.vkey.replace('258041d0', '258041d1')],
    ['an id in capitals', ours.log.vkey.replace('258041d0', '258041D0')],
    ['no name', ours.log.vkey.slice(ours.log.name.length)],
    ['base64 without padding', `${ours.log.name}+258041d0+AYqI49`],
    ['a key cut short', `${ours.log.name}+258041d0+AYqI`],
    ['a trailing newline', `${ours.log.vkey}\n`],
    ['nothing', ''],
  ])('refuses %s', (_, vkey) => {
    expect(parseVkey(vkey)).toEqual({ ok: false, error: 'vkey-malformed' })
  })

  it('names a type it does not know', () => {
    expect(parseVkey(`x+00000000+${toBase64(new Uint8Array(33).fill(2, 0, 1))}`)).toEqual({
      ok: false,
      error: 'vkey-type-unknown',
    })
  })

  it.each([
    ['example.com/log', true],
    ['社区/明账', true],
    ['with\ufeffbom', true],
    ['', false],
    ['a b', false],
    ['a+b', false],
    ['a\u0085b', false],
    ['a\u00a0b', false],
    ['a\u3000b', false],
    ['a\u2028b', false],
    ['a\ud800b', false],
    ['a\u0001b', false],
  ])('%j is a key name: %s', (name, isOne) => {
    expect(isKeyName(name)).toBe(isOne)
  })
})

describe('checkpoint text', () => {
  it('reproduces the vector', () => {
    const parsed = parseCheckpoint(ours.checkpoint_text_300)
    if (!parsed.ok) throw new Error(parsed.error)
    expect(parsed.value).toMatchObject({ origin: ours.log.name, size: 300, extensions: [] })
    expect(formatCheckpoint(parsed.value)).toBe(ours.checkpoint_text_300)
  })

  it('keeps extension lines of foreign logs', () => {
    const parsed = parseCheckpoint(`${ours.checkpoint_text_300}extra\n`)
    expect(parsed).toMatchObject({ ok: true, value: { extensions: ['extra'] } })
  })

  it.each([
    ...vectors.negative_parse_cases.checkpoint_texts_rejected,
    '',
    '\n',
    'a\n9007199254740992\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n',
    'a\n1 \n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n',
    'a\n1\n 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n',
    'a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU\n',
    'a\n1\n',
  ])('refuses %j', text => {
    expect(parseCheckpoint(text)).toEqual({ ok: false, error: 'checkpoint-malformed' })
  })

  it('will not write what it could not read', () => {
    const root = new Uint8Array(32)
    expect(() => formatCheckpoint({ origin: '', size: 0, root })).toThrow('origin')
    expect(() => formatCheckpoint({ origin: 'a\nb', size: 0, root })).toThrow('origin')
    expect(() => formatCheckpoint({ origin: 'a', size: -1, root })).toThrow('head')
    expect(() => formatCheckpoint({ origin: 'a', size: 1, root: new Uint8Array(31) })).toThrow('head')
  })
})

describe('notes', () => {
  it('verifies the example of the specification', () => {
    const { vkey, note } = vectors.c2sp_signed_note_example
    const verified = verifyNote(note, [keyOf(vkey)])
    expect(verified).toMatchObject({ ok: true, value: { text: 'This is an example message.\n' } })
    expect(verifyNote(note.replace('example message', 'exemple message'), [keyOf(vkey)])).toEqual({
      ok: false,
      error: 'note-signature-invalid',
    })
  })

  it('signs our checkpoint byte for byte', async () => {
    const signer = createLogSigner(fromHex(ours.log.seed_hex)!, ours.log.name)
    expect(formatVkey(signer.key)).toBe(ours.log.vkey)
    const line = await signer.sign(ours.checkpoint_text_300)
    expect(formatNote(ours.checkpoint_text_300, [line])).toBe(ours.signed_checkpoint_300)
  })

  it('cosigns our checkpoint byte for byte', () => {
    expect(new TextDecoder().decode(cosignedMessage(1795170321n, ours.checkpoint_text_300))).toBe(
      ours.cosignature.message_utf8,
    )
    const lines = [ours.cosignature, ours.cosignature2].map(({ timestamp, line }, i) => {
      const { name, seed_hex } = ours.witnesses[i]!
      const written = createCosigner(fromHex(seed_hex)!, name).cosign(
        ours.checkpoint_text_300,
        BigInt(timestamp),
      )
      expect(written).toBe(line)
      return written
    })
    expect(`${ours.signed_checkpoint_300}${lines.join('')}`).toBe(ours.cosigned_checkpoint_300)
  })

  it('verifies a cosigned checkpoint with the keys it knows, and ignores the others', () => {
    const all = verifyNote(ours.cosigned_checkpoint_300, [logKey, ...witnessKeys])
    if (!all.ok) throw new Error(all.error)
    expect(all.value.signatures.map(({ key, timestamp }) => [key.name, timestamp])).toEqual([
      [ours.log.name, null],
      [ours.witnesses[0]!.name, 1795170321n],
      [ours.witnesses[1]!.name, 1795170322n],
    ])
    const one = verifyNote(ours.cosigned_checkpoint_300, [witnessKeys[1]!])
    expect(one).toMatchObject({ ok: true, value: { text: ours.checkpoint_text_300 } })
    expect(verifyNote(ours.signed_checkpoint_300, witnessKeys)).toEqual({
      ok: false,
      error: 'note-signature-missing',
    })
  })

  it('refuses the note when any line of a known key fails', () => {
    const lines = ours.cosigned_checkpoint_300.split('\n')
    for (const i of [4, 5, 6]) {
      const [dash, name, base64] = lines[i]!.split(' ')
      const bytes = Uint8Array.from(Buffer.from(base64!, 'base64'))
      const wrong = [...lines]
      wrong[i] = `${dash} ${name} ${toBase64(tampered(bytes, bytes.length - 1))}`
      expect(verifyNote(wrong.join('\n'), [logKey, ...witnessKeys])).toEqual({
        ok: false,
        error: 'note-signature-invalid',
      })
      // A signature of the other type or of another key under this name is a stranger's: ignored.
      wrong[i] = `${dash} ${name} ${toBase64(tampered(bytes, 0))}`
      expect(verifyNote(wrong.join('\n'), [logKey, ...witnessKeys]).ok).toBe(true)
    }
    const repeated = `${ours.signed_checkpoint_300}${lines[4]}\n`
    expect(verifyNote(repeated, [logKey])).toMatchObject({ ok: true, value: { signatures: [{}] } })
  })

  it('accepts at least 16 signature lines of strangers', () => {
    const stranger = formatSignatureLine('stranger', '00000000', utf8('anything'))
    const note = `${ours.signed_checkpoint_300}${stranger.repeat(40)}`
    expect(verifyNote(note, [logKey]).ok).toBe(true)
    expect(parseNote(`${ours.signed_checkpoint_300}${stranger.repeat(101)}`).ok).toBe(false)
  })

  it('splits at the last empty line', () => {
    const note = formatNote('first\n\nsecond\n', [formatSignatureLine('a', '00000001', utf8('x'))])
    expect(parseNote(note)).toMatchObject({ ok: true, value: { text: 'first\n\nsecond\n' } })
  })

  const sound = ours.signed_checkpoint_300
  it.each([
    ['no signature', ours.checkpoint_text_300],
    ['an empty signature block', `${ours.checkpoint_text_300}\n`],
    ['no final newline', sound.slice(0, -1)],
    ['a carriage return', sound.replaceAll('\n', '\r\n')],
    ['a control character', sound.replace('300', '300\u0007')],
    ['a tab', sound.replace('300', '300\t')],
    ['a lone surrogate', sound.replace('300', '300\ud800')],
    ['a hyphen for the dash', sound.replace('—', '-')],
    ['two spaces', sound.replace('— ', '—  ')],
    ['a trailing space', `${sound.slice(0, -1)} \n`],
    ['base64 of another spelling', sound.replace('+EAY=\n', '+EAZ=\n')],
    ['base64 in the URL alphabet', sound.replace('+DG', '-DG')],
    ['a signature of four bytes', `${ours.checkpoint_text_300}\n— x AAAAAA==\n`],
    ['an empty line among signatures', sound.replace('\n\n', '\n\n\n')],
    ['a name with a plus', sound.replace('— ledger', '— led+ger')],
    ['nothing', ''],
    ['more than a megabyte', `${'x'.repeat(1_000_001)}\n${sound}`],
  ])('refuses %s', (_, note) => {
    const outcome = parseNote(note)
    // An extra empty line belongs to the text, which then is no checkpoint.
    const isRefused = !outcome.ok || !parseCheckpoint(outcome.value.text).ok
    expect(isRefused).toBe(true)
    expect(verifyNote(note, [logKey]).ok).toBe(false)
  })

  it('will not write what it could not read', () => {
    expect(() => formatNote('no newline', [])).toThrow('not a note')
    expect(() => formatSignatureLine('a b', '00000000', utf8('x'))).toThrow('not a signing key')
    expect(() => formatSignatureLine('a', '0', utf8('x'))).toThrow('not a signing key')
  })
})

describe('cosignatures', () => {
  it('refuses another time, another text, another length and a time beyond 2^63', () => {
    const parsed = parseNote(ours.cosigned_checkpoint_300)
    if (!parsed.ok) throw new Error(parsed.error)
    const payload = parsed.value.signatures[1]!.payload
    const publicKey = witnessKeys[0]!.publicKey
    const text = ours.checkpoint_text_300
    expect(verifyCosignature(payload, text, publicKey)).toBe(1795170321n)
    expect(verifyCosignature(tampered(payload, 7), text, publicKey)).toBe(null)
    expect(verifyCosignature(payload, text.replace('300', '301'), publicKey)).toBe(null)
    expect(verifyCosignature(payload.subarray(1), text, publicKey)).toBe(null)
    const late = Uint8Array.from(payload)
    late[0] = 0x80
    expect(verifyCosignature(late, text, publicKey)).toBe(null)
  })
})

const shared = '../shared/tlog/vectors.json'
describe.runIf(existsSync(shared))('vectors of others', () => {
  interface Tessera {
    vkey: string
    entries: string[]
    checkpoints: Record<string, string>
  }

  it('verifies every checkpoint of the Tessera test log and derives its root', async () => {
    const { createGrowingTree } = await import('../../app/tlog/growing-tree.ts')
    const { hashLeaf } = await import('../../app/tlog/tree.ts')
    const tessera = (JSON.parse(readFileSync(shared, 'utf8')) as { tessera_testdata: Tessera })
      .tessera_testdata
    const tree = createGrowingTree()
    for (let size = 0; size <= tessera.entries.length; size++) {
      const verified = verifyNote(tessera.checkpoints[size]!, [keyOf(tessera.vkey)])
      if (!verified.ok) throw new Error(verified.error)
      const head = parseCheckpoint(verified.value.text)
      expect(head).toMatchObject({ ok: true, value: { size, root: tree.root() } })
      if (size < tessera.entries.length) tree.append(hashLeaf(utf8(tessera.entries[size]!)))
    }
    expect(tree.size()).toBe(15)
  })
})
