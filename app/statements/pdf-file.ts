/**
 * A strict reader of PDF files: classic cross-reference tables only, every byte accounted for, no key twice, no second
 * reading possible. It serves the sealer and the verifier; it never repairs a file and never guesses.
 */
import { err, ok, type Result } from '#kernel'

export interface PdfName {
  readonly kind: 'name'
  readonly name: string
}
/** A literal or hexadecimal string; `from` and `to` are its place in the file, delimiters included. */
export interface PdfString {
  readonly kind: 'string'
  readonly bytes: Uint8Array
  readonly from: number
  readonly to: number
}
export interface PdfRef {
  readonly kind: 'ref'
  readonly id: number
}
export interface PdfDict {
  readonly kind: 'dict'
  readonly entries: ReadonlyMap<string, PdfValue>
}
/** A stream: its dictionary and the place of its raw bytes. */
export interface PdfStream {
  readonly kind: 'stream'
  readonly entries: ReadonlyMap<string, PdfValue>
  readonly from: number
  readonly to: number
}
export type PdfValue =
  | null
  | boolean
  | number
  | PdfName
  | PdfString
  | PdfRef
  | PdfDict
  | PdfStream
  | readonly PdfValue[]

/** One indirect object as written in one revision. */
export interface PdfObject {
  readonly id: number
  readonly from: number
  readonly to: number
  readonly value: PdfValue
}

/** One generation of the file: the original, or an appended update. Its bytes are `[from, to)`. */
export interface PdfRevision {
  readonly from: number
  readonly to: number
  /** Where its cross-reference table begins. */
  readonly xrefAt: number
  readonly objects: ReadonlyMap<number, PdfObject>
  readonly trailer: ReadonlyMap<string, PdfValue>
}

export interface PdfFile {
  readonly bytes: Uint8Array
  /** Oldest first. */
  readonly revisions: readonly PdfRevision[]
}

export type PdfProblemCode =
  | 'not-a-pdf'
  | 'bytes-after-end'
  | 'end-missing'
  | 'cross-reference-malformed'
  | 'cross-reference-stream'
  | 'object-malformed'
  | 'key-twice'
  | 'stray-bytes'
  | 'encrypted'

/** Why a file is outside the strict profile, and at which byte. */
export interface PdfProblem {
  readonly code: PdfProblemCode
  readonly offset: number
}

class Unreadable extends Error {
  constructor(
    readonly code: PdfProblemCode,
    readonly offset: number,
  ) {
    super(code)
  }
}

/** Reads a whole file, or says where it leaves the profile. */
export function readPdf(bytes: Uint8Array): Result<PdfFile, PdfProblem> {
  try {
    return ok({ bytes, revisions: readRevisions(bytes) })
  } catch (problem) {
    if (problem instanceof Unreadable) return err({ code: problem.code, offset: problem.offset })
    throw problem
  }
}

/** The value of an object as of a revision (an index, the newest by default); null when there is none. */
export function objectAt(file: PdfFile, id: number, revision = file.revisions.length - 1): PdfObject | null {
  for (let index = revision; index >= 0; index--) {
    const found = file.revisions[index]!.objects.get(id)
    if (found) return found
  }
  return null
}

/** Follows a reference, once or more, as of a revision. */
export function resolve(file: PdfFile, value: PdfValue | undefined, revision?: number): PdfValue {
  let current = value ?? null
  for (let step = 0; step < 8 && isRef(current); step++)
    current = objectAt(file, current.id, revision)?.value ?? null
  return current
}

/** A member of a dictionary or stream, resolved; null when there is none. */
export function memberOf(
  file: PdfFile,
  value: PdfValue | undefined,
  name: string,
  revision?: number,
): PdfValue {
  const holder = resolve(file, value, revision)
  return isDict(holder) || isStream(holder) ? resolve(file, holder.entries.get(name), revision) : null
}

/** The catalog as of a revision. */
export function catalogOf(file: PdfFile, revision = file.revisions.length - 1): PdfValue {
  return resolve(file, file.revisions[revision]!.trailer.get('Root'), revision)
}

/** Object numbers of the pages in order, as of a revision; stops at a page tree that loops. */
export function pageIdsOf(file: PdfFile, revision = file.revisions.length - 1): readonly number[] {
  const pages: number[] = []
  const seen = new Set<number>()
  const visit = (value: PdfValue | undefined, depth = 0) => {
    if (depth > DEEPEST || !isRef(value ?? null) || seen.has((value as PdfRef).id)) return
    const { id } = value as PdfRef
    seen.add(id)
    const kids = memberOf(file, value, 'Kids', revision)
    if (Array.isArray(kids)) for (const kid of kids as readonly PdfValue[]) visit(kid, depth + 1)
    else pages.push(id)
  }
  const catalog = catalogOf(file, revision)
  if (isDict(catalog)) visit(catalog.entries.get('Pages'))
  return pages
}

export function isRef(value: PdfValue | undefined): value is PdfRef {
  return isKind(value, 'ref')
}
export function isDict(value: PdfValue | undefined): value is PdfDict {
  return isKind(value, 'dict')
}
export function isStream(value: PdfValue | undefined): value is PdfStream {
  return isKind(value, 'stream')
}
export function isString(value: PdfValue | undefined): value is PdfString {
  return isKind(value, 'string')
}
export function isName(value: PdfValue | undefined, name?: string): value is PdfName {
  return isKind(value, 'name') && (name === undefined || (value as PdfName).name === name)
}
export function isList(value: PdfValue | undefined): value is readonly PdfValue[] {
  return Array.isArray(value)
}
function isKind(value: PdfValue | undefined, kind: string): boolean {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === kind
}

/** The text of a PDF string: UTF-16BE with its mark, else one byte per character. */
export function textOf(value: PdfValue | undefined): string | null {
  if (!isString(value)) return null
  if (value.bytes[0] === 0xfe && value.bytes[1] === 0xff) {
    return new TextDecoder('utf-16be').decode(value.bytes.subarray(2))
  }
  return value.bytes.reduce((text, byte) => text + String.fromCharCode(byte), '')
}

/** True when two values say the same, whatever their place in the file. References are equal by number. */
export function isSameValue(a: PdfValue, b: PdfValue, bytes: Uint8Array): boolean {
  return describe(a, bytes) === describe(b, bytes)
}

function describe(value: PdfValue, bytes: Uint8Array): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (isList(value)) return `[${value.map(entry => describe(entry, bytes)).join(' ')}]`
  if (isRef(value)) return `${value.id} R`
  if (isName(value)) return `/${JSON.stringify(value.name)}`
  if (isString(value)) return `(${value.bytes.join(' ')})`
  const entries = [...(value as PdfDict | PdfStream).entries]
    .map(([name, entry]) => `${JSON.stringify(name)} ${describe(entry, bytes)}`)
    .sort()
    .join(' ')
  return isStream(value)
    ? `<<${entries}>>${bytes.subarray(value.from, value.to).join(' ')}`
    : `<<${entries}>>`
}

// ---- revisions --------------------------------------------------------------------------------------------------

const XREF_ENTRY_BYTES = 20

interface Section {
  readonly xrefAt: number
  readonly to: number
  readonly offsets: ReadonlyMap<number, number>
  readonly trailer: ReadonlyMap<string, PdfValue>
}

function readRevisions(bytes: Uint8Array): PdfRevision[] {
  const body = headerEnd(bytes)
  const sections: Section[] = []
  let section = readSection(bytes, lastXrefOffset(bytes))
  if (section.to !== bytes.length) throw new Unreadable('bytes-after-end', section.to)
  for (;;) {
    sections.unshift(section)
    const prev = section.trailer.get('Prev')
    if (prev === undefined) break
    if (typeof prev !== 'number' || prev >= section.xrefAt)
      throw new Unreadable('cross-reference-malformed', section.xrefAt)
    section = readSection(bytes, prev)
  }
  const revisions: PdfRevision[] = []
  for (const { xrefAt, to, offsets, trailer } of sections) {
    const from = revisions.at(-1)?.to ?? 0
    if (xrefAt < from) throw new Unreadable('cross-reference-malformed', xrefAt)
    const objects = readObjects(bytes, offsets, from === 0 ? body : from, xrefAt)
    revisions.push({ from, to, xrefAt, objects, trailer })
  }
  return revisions
}

function headerEnd(bytes: Uint8Array): number {
  const header = /^%PDF-1\.[0-7](?:\r\n|\n|\r)(?:%[\x80-\xff]{4,8}(?:\r\n|\n|\r))?/.exec(latin1(bytes, 0, 32))
  if (!header) throw new Unreadable('not-a-pdf', 0)
  return header[0].length
}

function latin1(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(Math.max(from, 0), Math.min(to, bytes.length)))
}

function lastXrefOffset(bytes: Uint8Array): number {
  const tail = latin1(bytes, bytes.length - 64, bytes.length)
  const end = /startxref(?:\r\n|\n|\r)(\d{1,10})(?:\r\n|\n|\r)%%EOF(?:\r\n|\n|\r)?$/.exec(tail)
  if (end) return Number(end[1])
  // Something follows the last %%EOF, or there is none: say which.
  for (let at = bytes.length - 5; at >= 0; at--) {
    if (bytes[at] === 0x25 && latin1(bytes, at, at + 5) === '%%EOF')
      throw new Unreadable('bytes-after-end', at + 5)
  }
  throw new Unreadable('end-missing', bytes.length)
}

/** Reads `xref ... trailer ... startxref ... %%EOF` at an offset; everything in it must be in its one place. */
function readSection(bytes: Uint8Array, xrefAt: number): Section {
  const broken = (at: number) => new Unreadable('cross-reference-malformed', at)
  if (/^\d+ \d+ obj/.test(latin1(bytes, xrefAt, xrefAt + 24)))
    throw new Unreadable('cross-reference-stream', xrefAt)
  const start = /^xref *(?:\r\n|\n|\r)/.exec(latin1(bytes, xrefAt, xrefAt + 8))
  if (!start) throw broken(xrefAt)
  let at = xrefAt + start[0].length
  const offsets = new Map<number, number>()
  for (;;) {
    const head = /^(\d{1,8}) (\d{1,8}) *(?:\r\n|\n|\r)/.exec(latin1(bytes, at, at + 24))
    if (!head) break
    at += head[0].length
    const [first, length] = [Number(head[1]), Number(head[2])]
    for (let index = 0; index < length; index++, at += XREF_ENTRY_BYTES) {
      const entry = /^(\d{10}) (\d{5}) ([fn])(?: \r| \n|\r\n)$/.exec(latin1(bytes, at, at + XREF_ENTRY_BYTES))
      const id = first + index
      if (!entry || offsets.has(id)) throw broken(at)
      // Only the head of the free list may be free, and nothing is ever re-used.
      if (entry[3] === 'f' ? id !== 0 : id === 0 || entry[2] !== '00000') throw broken(at)
      if (id !== 0) offsets.set(id, Number(entry[1]))
    }
  }
  const parser = new Parser(bytes, at, bytes.length)
  parser.expect('trailer')
  const trailer = parser.value()
  if (!isDict(trailer)) throw broken(at)
  if (trailer.entries.has('Encrypt')) throw new Unreadable('encrypted', at)
  if (trailer.entries.has('XRefStm')) throw new Unreadable('cross-reference-stream', at)
  parser.skipSpace()
  const end = /^startxref(?:\r\n|\n|\r)(\d{1,10})(?:\r\n|\n|\r)%%EOF(?:\r\n|\n|\r)?/.exec(
    latin1(bytes, parser.at, parser.at + 64),
  )
  if (!end || Number(end[1]) !== xrefAt) throw broken(parser.at)
  return { xrefAt, to: parser.at + end[0].length, offsets, trailer: trailer.entries }
}

/** Reads the objects of one revision; together with white space they must fill it completely. */
function readObjects(
  bytes: Uint8Array,
  offsets: ReadonlyMap<number, number>,
  from: number,
  to: number,
): ReadonlyMap<number, PdfObject> {
  const objects = new Map<number, PdfObject>()
  const lengthOf = (ref: PdfRef) => {
    const offset = offsets.get(ref.id)
    if (offset === undefined || offset < from || offset >= to) return null
    const value = new Parser(bytes, offset, to).object(ref.id, () => null)
    return typeof value === 'number' ? value : null
  }
  let at = from
  for (const [id, offset] of [...offsets].sort(([, a], [, b]) => a - b)) {
    const parser = new Parser(bytes, at, to)
    parser.skipSpace()
    if (parser.at !== offset) throw new Unreadable('stray-bytes', parser.at)
    const value = parser.object(id, lengthOf)
    objects.set(id, { id, from: offset, to: parser.at, value })
    at = parser.at
  }
  const rest = new Parser(bytes, at, to)
  rest.skipSpace()
  if (rest.at !== to) throw new Unreadable('stray-bytes', rest.at)
  return objects
}

// ---- syntax (ISO 32000-1 §7.3) ----------------------------------------------------------------------------------

const DEEPEST = 64
const SPACE = new Set([0x00, 0x09, 0x0a, 0x0c, 0x0d, 0x20])
const DELIMITERS = new Set([...'()<>[]{}/%'].map(char => char.charCodeAt(0)))
const ESCAPES: Readonly<Record<string, number>> = { n: 0x0a, r: 0x0d, t: 0x09, b: 0x08, f: 0x0c }

function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const letter = byte | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x61 + 10 : -1
}

class Parser {
  constructor(
    private readonly bytes: Uint8Array,
    public at: number,
    private readonly end: number,
  ) {}

  private fail(): never {
    throw new Unreadable('object-malformed', this.at)
  }

  private byte(ahead = 0): number {
    return this.at + ahead < this.end ? this.bytes[this.at + ahead]! : -1
  }

  skipSpace(): void {
    while (SPACE.has(this.byte())) this.at++
  }

  private startsWith(word: string): boolean {
    for (let index = 0; index < word.length; index++) {
      if (this.byte(index) !== word.charCodeAt(index)) return false
    }
    return true
  }

  expect(word: string): void {
    this.skipSpace()
    if (!this.startsWith(word)) this.fail()
    this.at += word.length
  }

  /** `id 0 obj ... endobj`; a stream's length may be a reference that `lengthOf` knows. */
  object(id: number, lengthOf: (ref: PdfRef) => number | null): PdfValue {
    this.expect(`${id} 0 obj`)
    if (!SPACE.has(this.byte()) && !DELIMITERS.has(this.byte())) this.fail()
    let value = this.value()
    this.skipSpace()
    if (isDict(value) && this.startsWith('stream')) value = this.stream(value, lengthOf)
    this.expect('endobj')
    return value
  }

  private stream(dict: PdfDict, lengthOf: (ref: PdfRef) => number | null): PdfStream {
    this.at += 'stream'.length
    if (this.byte() === 0x0d) this.at++
    if (this.byte() !== 0x0a) this.fail()
    this.at++
    const stated = dict.entries.get('Length')
    const length = isRef(stated) ? lengthOf(stated) : stated
    if (typeof length !== 'number' || !Number.isSafeInteger(length) || length < 0) this.fail()
    const from = this.at
    const to = from + length
    if (to > this.end) this.fail()
    this.at = to
    this.expect('endstream')
    return { kind: 'stream', entries: dict.entries, from, to }
  }

  value(depth = 0): PdfValue {
    if (depth > DEEPEST) this.fail()
    this.skipSpace()
    const byte = this.byte()
    if (byte === 0x2f) return { kind: 'name', name: this.name() }
    if (byte === 0x28) return this.literal()
    if (byte === 0x5b) return this.list(depth)
    if (byte === 0x3c) return this.byte(1) === 0x3c ? this.dict(depth) : this.hexadecimal()
    return this.word()
  }

  private regular(): string {
    const from = this.at
    while (this.byte() !== -1 && !SPACE.has(this.byte()) && !DELIMITERS.has(this.byte())) this.at++
    return latin1(this.bytes, from, this.at)
  }

  private name(): string {
    this.at++
    const name = this.regular()
    if (/#(?![0-9a-fA-F]{2})/.test(name)) this.fail()
    return name.replace(/#([0-9a-fA-F]{2})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    )
  }

  private word(): PdfValue {
    const word = this.regular()
    if (word === 'null') return null
    if (word === 'true' || word === 'false') return word === 'true'
    if (!/^[+-]?(?:\d{1,15}(?:\.\d{0,20})?|\.\d{1,20})$/.test(word)) this.fail()
    if (!/^\d+$/.test(word)) return Number(word)
    const reference = /^[\0\t\n\f\r ]+(\d{1,5})[\0\t\n\f\r ]+R(?![^\0\t\n\f\r ()<>[\]{}/%])/.exec(
      latin1(this.bytes, this.at, Math.min(this.at + 24, this.end)),
    )
    if (!reference) return Number(word)
    // Generations other than 0 mean that an object number was re-used: not in this profile.
    if (reference[1] !== '0') this.fail()
    this.at += reference[0].length
    return { kind: 'ref', id: Number(word) }
  }

  private list(depth: number): readonly PdfValue[] {
    this.at++
    const entries: PdfValue[] = []
    for (this.skipSpace(); this.byte() !== 0x5d; this.skipSpace()) entries.push(this.value(depth + 1))
    this.at++
    return entries
  }

  private dict(depth: number): PdfDict {
    this.at += 2
    const entries = new Map<string, PdfValue>()
    for (this.skipSpace(); !this.startsWith('>>'); this.skipSpace()) {
      if (this.byte() !== 0x2f) this.fail()
      const at = this.at
      const name = this.name()
      if (entries.has(name)) throw new Unreadable('key-twice', at)
      entries.set(name, this.value(depth + 1))
    }
    this.at += 2
    return { kind: 'dict', entries }
  }

  private hexadecimal(): PdfString {
    const from = this.at++
    const digits: number[] = []
    for (let byte = this.byte(); byte !== 0x3e; byte = this.byte()) {
      const digit = hexDigit(byte)
      if (digit >= 0) digits.push(digit)
      else if (!SPACE.has(byte)) this.fail()
      this.at++
    }
    this.at++
    const bytes = Uint8Array.from(
      { length: Math.ceil(digits.length / 2) },
      (_, index) => digits[2 * index]! * 16 + (digits[2 * index + 1] ?? 0),
    )
    return { kind: 'string', bytes, from, to: this.at }
  }

  private literal(): PdfString {
    const from = this.at++
    const bytes: number[] = []
    for (let depth = 1; ; this.at++) {
      let byte = this.byte()
      if (byte === -1) this.fail()
      if (byte === 0x28) depth++
      if (byte === 0x29 && --depth === 0) break
      if (byte === 0x5c) byte = this.escape()
      if (byte >= 0) bytes.push(byte)
    }
    this.at++
    return { kind: 'string', bytes: Uint8Array.from(bytes), from, to: this.at }
  }

  /** After a backslash: the byte meant, or -1 for a continued line. Leaves `at` on the escape's last byte. */
  private escape(): number {
    this.at++
    const char = String.fromCharCode(this.byte())
    if (char === '\r' && this.byte(1) === 0x0a) this.at++
    if (char === '\r' || char === '\n') return -1
    const octal = /^[0-7]{1,3}/.exec(latin1(this.bytes, this.at, Math.min(this.at + 3, this.end)))
    if (!octal) return ESCAPES[char] ?? char.charCodeAt(0)
    this.at += octal[0].length - 1
    return Number.parseInt(octal[0], 8) & 0xff
  }
}
