/**
 * Where the seal is in a PDF, which bytes it covers, what was added after it, and the files attached under it. Knows the
 * PDF's structure and no cryptography; everything is read as of the revision that was sealed.
 */
import { err, ok, type Result } from '#kernel'
import { inflate } from './cms.ts'
import {
  catalogOf,
  isDict,
  isList,
  isName,
  isRef,
  isSameValue,
  isStream,
  isString,
  memberOf,
  objectAt,
  type PdfDict,
  type PdfFile,
  type PdfObject,
  type PdfString,
  type PdfValue,
  pageIdsOf,
  resolve,
  textOf,
} from './pdf-file.ts'

/** A signature that a field of the newest revision holds. */
export interface SealInPdf {
  readonly object: PdfObject
  /** Index of the revision that brought it. */
  readonly revision: number
  readonly dict: PdfDict
  readonly contents: PdfString
  /** /M: claimed, proved by nothing but a timestamp. */
  readonly claimedAt: Date | null
}

export type SealSearchProblem = 'missing' | 'removed' | 'kind-unknown' | 'malformed'

/** Where something is wrong. Pages and revisions count from 1. */
export interface Place {
  readonly part: 'file' | 'page' | 'seal' | 'attachment' | 'figures' | 'log' | 'receipt'
  readonly revision?: number
  readonly object?: number
  readonly page?: number
  readonly offset?: number
  readonly name?: string
}

/** All signatures, oldest first. The first is the issuer's seal; signatures that lost their field are `removed`. */
export function findSeals(file: PdfFile): Result<readonly SealInPdf[], SealSearchProblem> {
  const held = new Set(fieldsOf(file).flatMap(field => signatureIdOf(file, field)))
  const seals: SealInPdf[] = []
  for (const [revision, { objects }] of file.revisions.entries()) {
    for (const object of objects.values()) {
      const { value } = object
      if (!isDict(value) || !(isName(value.entries.get('Type'), 'Sig') || value.entries.has('ByteRange')))
        continue
      if (!held.has(object.id)) return err('removed')
      const contents = value.entries.get('Contents')
      const isKnown = isName(value.entries.get('SubFilter'), 'ETSI.CAdES.detached')
      if (!isKnown || !isString(contents)) return err('kind-unknown')
      if (!isPlainHexadecimal(file.bytes, contents)) return err('malformed')
      seals.push({
        object,
        revision,
        dict: value,
        contents,
        claimedAt: pdfDate(textOf(value.entries.get('M'))),
      })
    }
  }
  return seals.length > 0 ? ok(seals) : err('missing')
}

/** The hole is not covered by the seal, so it must have one spelling: lower-case digits in pairs and nothing between them. */
function isPlainHexadecimal(bytes: Uint8Array, contents: PdfString): boolean {
  if (bytes[contents.from] !== 0x3c || contents.to - contents.from - 2 !== 2 * contents.bytes.length)
    return false
  return bytes
    .subarray(contents.from + 1, contents.to - 1)
    .every(byte => (byte >= 0x30 && byte <= 0x39) || (byte >= 0x61 && byte <= 0x66))
}

function fieldsOf(file: PdfFile): readonly PdfValue[] {
  const fields = memberOf(file, memberOf(file, catalogOf(file), 'AcroForm'), 'Fields')
  return isList(fields) ? fields : []
}

function signatureIdOf(file: PdfFile, field: PdfValue): readonly number[] {
  const dict = resolve(file, field)
  const value = isDict(dict) && isName(dict.entries.get('FT'), 'Sig') ? dict.entries.get('V') : undefined
  return isRef(value) ? [value.id] : []
}

/** `D:20260705180000+08'00'` as an instant; null when it is not that. */
function pdfDate(text: string | null): Date | null {
  const match = /^D:(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?:Z|([+-])(\d{2})'(\d{2})'?)$/.exec(text ?? '')
  if (!match) return null
  const [, year, month, day, hour, minute, second, sign, offsetHour, offsetMinute] = match
  const offset = sign ? `${sign}${offsetHour}:${offsetMinute}` : 'Z'
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`)
  return Number.isNaN(at.getTime()) ? null : at
}

export type RangeProblem = 'malformed' | 'hole-moved' | 'end-moved'

/** Whether /ByteRange is all of the file up to its revision's end but the hole of exactly its own /Contents. */
export function checkRange(file: PdfFile, seal: SealInPdf): Result<null, RangeProblem> {
  const range = seal.dict.entries.get('ByteRange')
  if (!isList(range) || range.length !== 4 || range.some(number => !Number.isSafeInteger(number))) {
    return err('malformed')
  }
  const [start, before, after, length] = range as readonly number[]
  if (start !== 0 || before !== seal.contents.from || after !== seal.contents.to) return err('hole-moved')
  return after! + length! === file.revisions[seal.revision]!.to ? ok(null) : err('end-moved')
}

/** The bytes before and after the hole, to the end of the sealed revision. */
export function coveredBytes(file: PdfFile, seal: SealInPdf): readonly [Uint8Array, Uint8Array] {
  const end = file.revisions[seal.revision]!.to
  return [file.bytes.subarray(0, seal.contents.from), file.bytes.subarray(seal.contents.to, end)]
}

/** Whether the catalog names this signature as certifying, with DocMDP that lets nothing change but signatures (P 1 or 2). */
export function isCertifying(file: PdfFile, seal: SealInPdf): boolean {
  const permissions = memberOf(file, catalogOf(file), 'Perms')
  const certifying = isDict(permissions) ? permissions.entries.get('DocMDP') : undefined
  const references = seal.dict.entries.get('Reference')
  if (
    !isRef(certifying) ||
    certifying.id !== seal.object.id ||
    !isList(references) ||
    references.length !== 1
  ) {
    return false
  }
  const [reference] = references
  const level = memberOf(file, memberOf(file, reference, 'TransformParams'), 'P')
  return (
    isDict(reference) &&
    isName(reference.entries.get('TransformMethod'), 'DocMDP') &&
    (level === 1 || level === 2)
  )
}

// ---- what was added after the seal ------------------------------------------------------------------------------

export type ChangeCode = 'page-changed' | 'attachment-changed' | 'object-changed' | 'visible-mark-added'

export interface Change {
  readonly code: ChangeCode
  readonly place: Place
}

/**
 * The first change after a revision that DocMDP P=2 does not allow, or null. Allowed are further signatures: their field,
 * their invisible widget, validation material (DSS). Whatever else is replaced is named.
 */
export function forbiddenChange(file: PdfFile, sealed: number): Change | null {
  for (let revision = sealed + 1; revision < file.revisions.length; revision++) {
    for (const object of file.revisions[revision]!.objects.values()) {
      const change = changeOf(file, object, revision)
      if (change !== null) return change
    }
    const before = file.revisions[revision - 1]!.trailer
    for (const name of ['Root', 'Info']) {
      const is = file.revisions[revision]!.trailer.get(name) ?? null
      if (!isSameValue(before.get(name) ?? null, is, file.bytes)) {
        return { code: 'object-changed', place: { part: 'file', revision: revision + 1, name } }
      }
    }
  }
  return null
}

/** Members that an update may change, by the kind of object. Everything else must say the same as before. */
const CATALOG_MAY = ['AcroForm', 'DSS', 'Extensions']
const FORM_MAY = ['Fields', 'SigFlags']

function changeOf(file: PdfFile, object: PdfObject, revision: number): Change | null {
  const place: Place = { part: 'file', revision: revision + 1, object: object.id, offset: object.from }
  const earlier = objectAt(file, object.id, revision - 1)
  if (earlier === null) {
    const isVisible = isDict(object.value) && object.value.entries.has('Rect') && !hasNoArea(object.value)
    return isVisible ? { code: 'visible-mark-added', place } : null
  }
  const before = earlier.value
  const after = object.value
  if (isSameValue(before, after, file.bytes)) return null
  const catalog = file.revisions[revision]!.trailer.get('Root')
  if (isRef(catalog) && catalog.id === object.id) {
    const isSame = isSameBut(file, before, after, CATALOG_MAY) && isFormGrown(file, before, after, revision)
    return isSame ? null : named(file, object, revision, place)
  }
  if (isFormObject(file, object.id, revision - 1)) {
    const isSame =
      isSameBut(file, before, after, FORM_MAY) && isListGrown(file, before, after, 'Fields', revision)
    return isSame ? null : { code: 'object-changed', place }
  }
  const page = pageIdsOf(file, revision - 1).indexOf(object.id)
  if (page >= 0) {
    const isSame =
      isSameBut(file, before, after, ['Annots']) && isListGrown(file, before, after, 'Annots', revision)
    return isSame ? null : { code: 'page-changed', place: { ...place, part: 'page', page: page + 1 } }
  }
  return named(file, object, revision, place)
}

function hasNoArea(widget: PdfDict): boolean {
  const rect = widget.entries.get('Rect')
  return (
    isName(widget.entries.get('Subtype'), 'Widget') &&
    isList(rect) &&
    rect.length === 4 &&
    (rect[0] === rect[2] || rect[1] === rect[3])
  )
}

function isSameBut(file: PdfFile, before: PdfValue, after: PdfValue, may: readonly string[]): boolean {
  if (!isDict(before) || !isDict(after)) return false
  const names = new Set([...before.entries.keys(), ...after.entries.keys()])
  return [...names].every(
    name =>
      may.includes(name) ||
      isSameValue(before.entries.get(name) ?? null, after.entries.get(name) ?? null, file.bytes),
  )
}

/** The member lists what it listed before, in that order, and perhaps further invisible signature fields. */
function isListGrown(
  file: PdfFile,
  before: PdfValue,
  after: PdfValue,
  name: string,
  revision: number,
): boolean {
  const was = memberOf(file, before, name, revision - 1)
  const is = memberOf(file, after, name, revision)
  const old = was === null ? [] : was
  if (!isList(old) || !isList(is ?? old)) return false
  const now = isList(is) ? is : []
  return (
    old.every((entry, index) => isSameValue(entry, now[index] ?? null, file.bytes)) &&
    now.slice(old.length).every(entry => isRef(entry) && isSignatureField(resolve(file, entry, revision)))
  )
}

function isSignatureField(value: PdfValue): boolean {
  return isDict(value) && isName(value.entries.get('FT'), 'Sig') && hasNoArea(value)
}

function isFormGrown(file: PdfFile, before: PdfValue, after: PdfValue, revision: number): boolean {
  const was = memberOf(file, before, 'AcroForm', revision - 1)
  const is = memberOf(file, after, 'AcroForm', revision)
  return isSameBut(file, was, is, FORM_MAY) && isListGrown(file, was, is, 'Fields', revision)
}

function isFormObject(file: PdfFile, id: number, revision: number): boolean {
  const catalog = catalogOf(file, revision)
  const form = isDict(catalog) ? catalog.entries.get('AcroForm') : undefined
  return isRef(form) && form.id === id
}

/** Says what an object belonged to before it was replaced: a page, an attachment, or neither. */
function named(file: PdfFile, object: PdfObject, revision: number, place: Place): Change {
  const before = revision - 1
  if (isDict(object.value) && isName(object.value.entries.get('Type'), 'Pages')) {
    return { code: 'page-changed', place: { ...place, part: 'page' } }
  }
  for (const [index, page] of pageIdsOf(file, before).entries()) {
    const reach = reachable(file, objectAt(file, page, before)?.value ?? null, before, [
      'Parent',
      'StructParents',
    ])
    if (reach.has(object.id))
      return { code: 'page-changed', place: { ...place, part: 'page', page: index + 1 } }
  }
  const names = memberOf(
    file,
    memberOf(file, catalogOf(file, before), 'Names', before),
    'EmbeddedFiles',
    before,
  )
  for (const [name, spec] of embeddedFiles(file, before)) {
    if (reachable(file, spec, before, []).has(object.id)) {
      return { code: 'attachment-changed', place: { ...place, part: 'attachment', name } }
    }
  }
  if (reachable(file, names, before, []).has(object.id) || isNamesObject(file, object.id, before)) {
    return { code: 'attachment-changed', place: { ...place, part: 'attachment' } }
  }
  return { code: 'object-changed', place }
}

function isNamesObject(file: PdfFile, id: number, revision: number): boolean {
  const catalog = catalogOf(file, revision)
  const names = isDict(catalog) ? catalog.entries.get('Names') : undefined
  return isRef(names) && names.id === id
}

function reachable(
  file: PdfFile,
  from: PdfValue,
  revision: number,
  not: readonly string[],
): ReadonlySet<number> {
  const seen = new Set<number>()
  const waiting: PdfValue[] = [from]
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (isRef(value)) {
      if (seen.has(value.id)) continue
      seen.add(value.id)
      waiting.push(objectAt(file, value.id, revision)?.value ?? null)
    } else if (isList(value)) waiting.push(...value)
    else if (isDict(value) || isStream(value)) {
      for (const [name, entry] of value.entries) if (!not.includes(name)) waiting.push(entry)
    }
  }
  return seen
}

// ---- attachments ------------------------------------------------------------------------------------------------

const LONGEST_ATTACHMENT = 32_000_000

export type AttachmentProblem = 'missing' | 'unreadable' | 'name-twice'

function embeddedFiles(file: PdfFile, revision: number): readonly (readonly [string, PdfValue])[] {
  const tree = memberOf(
    file,
    memberOf(file, catalogOf(file, revision), 'Names', revision),
    'EmbeddedFiles',
    revision,
  )
  const names = memberOf(file, tree, 'Names', revision)
  if (!isList(names)) return []
  return Array.from({ length: Math.floor(names.length / 2) }, (_, index) => [
    textOf(names[2 * index]) ?? '',
    names[2 * index + 1]!,
  ])
}

/** The bytes of an attachment as of the sealed revision. */
export function readAttachment(
  file: PdfFile,
  sealed: number,
  name: string,
): Result<Uint8Array, AttachmentProblem> {
  const found = embeddedFiles(file, sealed).filter(([title]) => title === name)
  if (found.length === 0) return err('missing')
  if (found.length > 1) return err('name-twice')
  const stream = memberOf(file, memberOf(file, found[0]![1], 'EF', sealed), 'F', sealed)
  if (!isStream(stream)) return err('unreadable')
  const raw = file.bytes.subarray(stream.from, stream.to)
  const filter = stream.entries.get('Filter')
  if (filter === undefined) return ok(raw.slice())
  const plain =
    isName(filter, 'FlateDecode') && !stream.entries.has('DecodeParms')
      ? inflate(raw, LONGEST_ATTACHMENT)
      : null
  return plain === null ? err('unreadable') : ok(plain)
}

/** A text of the information dictionary as of the sealed revision. */
export function readInformation(file: PdfFile, sealed: number, name: string): string | null {
  const information = file.revisions[sealed]!.trailer.get('Info')
  return textOf(memberOf(file, information, name, sealed))
}
