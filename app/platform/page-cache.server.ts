/**
 * Finished HTML of public pages, kept until the books behind it change. A page is served only when the version of its
 * books, read after the request arrived, is the version read before the page was rendered: it can never be staler than
 * what a reader of the database would see. Never holds anything of a signed-in person.
 */
import { type EncodedBody, encodedBody } from './encoded-body.server.ts'

/** Response header by which a page says that its HTML depends on nothing but its address and these books. */
export const CACHEABLE_HEADER = 'X-Cacheable'

/** Reads the version of the books of that name: any text that changes whenever a public page of theirs may. Null keeps nothing. */
export type ReadVersion = (books: string) => Promise<string | null>

export interface KeptPage {
  readonly body: EncodedBody
}

interface Slot {
  /** Learned from the page's first rendering. */
  readonly books: string
  version: string | null
  page: KeptPage | null
  rendering: { readonly version: string; readonly page: Promise<KeptPage | null> } | null
}

const PAGE_BYTES_MAX = 2_000_000
const SLOTS_MAX = 10_000

/**
 * The cache's name of an address: path and parameters in one order; null when it cannot be kept. Only known parameters are
 * kept: an address with any other is rendered each time, so nobody fills the cache with noise.
 */
export function cacheAddress(pathAndQuery: string, known: ReadonlySet<string>): string | null {
  const [path, search] = pathAndQuery.split('?', 2)
  if (path === undefined || path.length > 300 || path.endsWith('.data')) return null
  if (search === undefined || search === '') return path
  if (search.length > 300) return null
  const query = new URLSearchParams(search)
  const names = [...query.keys()]
  if (new Set(names).size !== names.length || names.some(name => !known.has(name))) return null
  query.sort()
  return `${path}?${query}`
}

/**
 * Joins readers of one name without ever giving anybody an answer from before they asked: one read runs, and all who
 * come meanwhile share the next one.
 */
function joinReads(read: ReadVersion): ReadVersion {
  const running = new Map<string, Promise<string | null>>()
  const queued = new Map<string, Promise<string | null>>()
  const start = (books: string): Promise<string | null> => {
    const reading = read(books).finally(() => {
      if (running.get(books) === reading) running.delete(books)
    })
    running.set(books, reading)
    return reading
  }
  return books => {
    const current = running.get(books)
    if (current === undefined) return start(books)
    const next =
      queued.get(books) ??
      current
        .catch(() => null)
        .then(() => {
          queued.delete(books)
          return start(books)
        })
    queued.set(books, next)
    return next
  }
}

function isKeepable(response: Response): boolean {
  return (
    response.status === 200 &&
    response.headers.has(CACHEABLE_HEADER) &&
    !response.headers.has('Set-Cookie') &&
    (response.headers.get('Content-Type') ?? '').startsWith('text/html')
  )
}

/** The kept pages by address, the one unused for longest first; bounded in bytes of plain HTML and in number. */
class Slots {
  readonly #slots = new Map<string, Slot>()
  #bytes = 0

  constructor(readonly bytesMax: number) {}

  get byteCount(): number {
    return this.#bytes
  }

  at(address: string): Slot | undefined {
    return this.#slots.get(address)
  }

  enter(address: string, books: string): void {
    this.#slots.set(address, { books, version: null, page: null, rendering: null })
    this.#trim()
  }

  touch(address: string, slot: Slot): void {
    if (this.#slots.get(address) !== slot) return
    this.#slots.delete(address)
    this.#slots.set(address, slot)
  }

  keep(address: string, slot: Slot, version: string, page: KeptPage): void {
    if (this.#slots.get(address) !== slot) return
    this.#bytes += page.body.byteCount - (slot.page?.body.byteCount ?? 0)
    slot.version = version
    slot.page = page
    this.touch(address, slot)
    this.#trim()
  }

  drop(address: string, slot: Slot): void {
    if (this.#slots.get(address) !== slot) return
    this.#bytes -= slot.page?.body.byteCount ?? 0
    this.#slots.delete(address)
  }

  #trim(): void {
    for (const [oldest, slot] of this.#slots) {
      if (this.#bytes <= this.bytesMax && this.#slots.size <= SLOTS_MAX) return
      this.drop(oldest, slot)
    }
  }
}

/** A cache of at most so many bytes of HTML. */
export class PageCache {
  readonly #slots: Slots
  readonly #versionOf: ReadVersion

  constructor(readVersion: ReadVersion, bytesMax: number) {
    this.#slots = new Slots(bytesMax)
    this.#versionOf = joinReads(readVersion)
  }

  /** Bytes of HTML held. */
  get byteCount(): number {
    return this.#slots.byteCount
  }

  /** The kept page of an address, if it is current. */
  async find(address: string): Promise<KeptPage | null> {
    const slot = this.#slots.at(address)
    if (slot === undefined || slot.page === null) return null
    const version = await this.#versionOf(slot.books)
    if (version === null || slot.version !== version) return null
    this.#slots.touch(address, slot)
    return slot.page
  }

  /**
   * Renders, keeps what may be kept, and gives the page; a response that may not be kept comes back as it is. Requests for
   * the same address and version share one rendering.
   */
  async render(address: string, render: () => Promise<Response>): Promise<KeptPage | Response> {
    const slot = this.#slots.at(address)
    if (slot === undefined) {
      // Which books the page belongs to is not known yet, so no version was read before rendering: only learn.
      const response = await render()
      if (isKeepable(response)) this.#slots.enter(address, response.headers.get(CACHEABLE_HEADER)!)
      return response
    }
    const version = await this.#versionOf(slot.books)
    if (version === null) return render()
    if (slot.rendering?.version === version) return (await slot.rendering.page) ?? render()
    let declined: Response | null = null
    const page = this.#renderInto(address, slot, version, async () => {
      const response = await render()
      if (isKeepable(response) && response.headers.get(CACHEABLE_HEADER) === slot.books) return response
      declined = response
      return null
    })
    const rendering = { version, page }
    slot.rendering = rendering
    try {
      return (await page) ?? declined ?? render()
    } finally {
      if (slot.rendering === rendering) slot.rendering = null
    }
  }

  async #renderInto(
    address: string,
    slot: Slot,
    version: string,
    render: () => Promise<Response | null>,
  ): Promise<KeptPage | null> {
    const response = await render()
    if (response === null) {
      this.#slots.drop(address, slot)
      return null
    }
    const html = new Uint8Array(await response.arrayBuffer())
    const page: KeptPage = { body: encodedBody(html, true, 'page') }
    if (html.byteLength <= PAGE_BYTES_MAX) this.#slots.keep(address, slot, version, page)
    return page
  }
}
