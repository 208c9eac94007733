/**
 * The script of the pages on which a clerk writes: saves by itself through the form's own action, keeps what is not saved yet on this
 * device, offers it back after a dead battery, shows both texts when somebody else saved, and keeps lists and tables of a paste. It
 * decides nothing; the page without it is the same form with a button.
 */
import { hasStructure, textOfHtml } from '#council'

const QUIET_MS = 1_500
const PREFIX = 'mingzhang-draft:'

interface Draft {
  readonly revision: string
  /** When it was typed: `10:03`. */
  readonly at: string
  readonly fields: readonly (readonly [string, string])[]
  /** The form was sent with it; whether it arrived is for the next page to say. */
  readonly isSent: boolean
}

/** What the server answers. */
interface Answer {
  readonly revision?: number
  readonly problems?: readonly string[]
  readonly theirs?: { readonly savedBy: string; readonly lines: readonly string[] }
}

type Writable = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

const isTyped = (name: string) => name !== 'revision' && name !== 'intent' && !/csrf|token/i.test(name)

function timeNow(): string {
  const now = new Date()
  return [now.getHours(), now.getMinutes()].map(part => String(part).padStart(2, '0')).join(':')
}

function fieldsOf(form: HTMLFormElement): readonly (readonly [string, string])[] {
  const fields: (readonly [string, string])[] = []
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string' && isTyped(name)) fields.push([name, value])
  }
  return fields
}

function readDraft(key: string): Draft | null {
  try {
    const draft = JSON.parse(localStorage.getItem(key) ?? 'null') as Draft | null
    return draft !== null && Array.isArray(draft.fields) ? draft : null
  } catch {
    return null
  }
}

/** A device without room or with storage forbidden writes on: the page still saves. */
function keepDraft(key: string, draft: Draft | null): void {
  try {
    if (draft === null) localStorage.removeItem(key)
    else localStorage.setItem(key, JSON.stringify(draft))
  } catch {
    // Nothing to do: what is typed is still in the form.
  }
}

class Desk {
  /** Another clerk at the same device is offered their own drafts only. */
  readonly #key: string
  #saved: string
  #timer = 0
  #isSaving = false
  /** After a conflict nothing is saved by itself: the clerk puts the texts together and presses the button. */
  #isHalted = false

  constructor(
    private readonly form: HTMLFormElement,
    private readonly bar: HTMLElement,
  ) {
    this.#key = `${PREFIX}${form.dataset.writer ?? ''}:${location.pathname}`
    this.#saved = JSON.stringify(fieldsOf(form))
    this.bar.hidden = false
    this.offer()
    form.addEventListener('input', () => this.typed())
    form.addEventListener('change', () => this.typed())
    form.addEventListener('paste', event => this.paste(event))
    form.addEventListener('submit', () => this.submitting())
    document.addEventListener('keydown', event => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's') return
      event.preventDefault()
      void this.save()
    })
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') void this.save()
    })
    for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-insert]')) {
      button.hidden = false
      button.addEventListener('click', () => this.insert(button))
    }
  }

  private part(name: string): HTMLElement {
    return this.bar.querySelector<HTMLElement>(`[data-${name}]`)!
  }

  private say(word: string, values: Record<string, string> = {}): void {
    const text = this.bar.dataset[word] ?? ''
    this.part('state').textContent = text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')
  }

  private get revision(): HTMLInputElement {
    return this.form.elements.namedItem('revision') as HTMLInputElement
  }

  private typed(): void {
    const fields = fieldsOf(this.form)
    keepDraft(this.#key, { revision: this.revision.value, at: timeNow(), fields, isSent: false })
    this.say('unsaved')
    window.clearTimeout(this.#timer)
    if (!this.#isHalted) this.#timer = window.setTimeout(() => void this.save(), QUIET_MS)
  }

  /** The form goes by itself: what it holds is kept until the next page says that it was saved. */
  private submitting(): void {
    window.clearTimeout(this.#timer)
    this.#isHalted = true
    const fields = fieldsOf(this.form)
    keepDraft(this.#key, { revision: this.revision.value, at: timeNow(), fields, isSent: true })
  }

  async save(): Promise<void> {
    const fields = fieldsOf(this.form)
    const sent = JSON.stringify(fields)
    if (this.#isSaving || this.#isHalted || sent === this.#saved) return
    this.#isSaving = true
    this.say('saving')
    try {
      const body = new URLSearchParams()
      for (const [name, value] of new FormData(this.form))
        if (typeof value === 'string') body.append(name, value)
      const answer = await fetch(this.form.dataset.autosave ?? '', {
        method: 'POST',
        body,
        keepalive: sent.length < 50_000,
      })
      await this.answered(answer, sent)
    } catch {
      this.say('offline')
    } finally {
      this.#isSaving = false
    }
    if (!this.#isHalted && JSON.stringify(fieldsOf(this.form)) !== sent) this.typed()
  }

  private async answered(answer: Response, sent: string): Promise<void> {
    const said = (await answer.json()) as Answer
    if (answer.ok && said.revision !== undefined) {
      this.revision.value = String(said.revision)
      this.#saved = sent
      if (JSON.stringify(fieldsOf(this.form)) === sent) keepDraft(this.#key, null)
      this.say('saved', { time: timeNow() })
    } else if (said.theirs !== undefined && said.revision !== undefined) {
      this.conflict(said.theirs, said.revision)
    } else {
      this.say('refused', { problem: said.problems?.[0] ?? '' })
    }
  }

  /** Both texts side by side; the form keeps what was typed, and its button saves what comes of it. */
  private conflict(theirs: NonNullable<Answer['theirs']>, revision: number): void {
    this.#isHalted = true
    this.revision.value = String(revision)
    const area = this.part('conflict')
    area.querySelector('[data-by]')!.textContent = theirs.savedBy
    area.querySelector('[data-theirs]')!.textContent = theirs.lines.join('\n')
    const mine = fieldsOf(this.form).filter(
      ([name, value]) => !/^(action|owner|due)/.test(name) && value !== '',
    )
    area.querySelector('[data-mine]')!.textContent = mine.map(([, value]) => value).join('\n')
    area.hidden = false
    this.say('conflicted')
    area.scrollIntoView()
  }

  /** What was typed on this device and never confirmed. */
  private offer(): void {
    const draft = readDraft(this.#key)
    if (draft === null) return
    const own = Number(this.form.dataset.ownRevision ?? '0')
    if (draft.isSent && own > Number(draft.revision)) {
      keepDraft(this.#key, null)
      return
    }
    // The same text stands in the form: it came back unsaved and stays kept until it is.
    if (JSON.stringify(draft.fields) === this.#saved) return
    const area = this.part('draft')
    area.querySelector('[data-at]')!.textContent = draft.at
    area.hidden = false
    area.querySelector('[data-restore]')!.addEventListener('click', () => {
      this.restore(draft)
      area.hidden = true
    })
    area.querySelector('[data-discard]')!.addEventListener('click', () => {
      keepDraft(this.#key, null)
      area.hidden = true
    })
  }

  private restore(draft: Draft): void {
    const named = new Map(draft.fields)
    for (const element of this.form.querySelectorAll<Writable>('input, textarea, select')) {
      if (!isTyped(element.name)) continue
      if (element instanceof HTMLInputElement && (element.type === 'radio' || element.type === 'checkbox')) {
        element.checked = named.get(element.name) === element.value
      } else if (element.type !== 'hidden' && named.has(element.name)) {
        element.value = named.get(element.name)!
      }
    }
    for (const details of this.form.querySelectorAll('details')) details.open = true
    // The revision the draft began with: a text saved meanwhile is shown, never overwritten.
    this.revision.value = draft.revision
    this.typed()
  }

  private paste(event: ClipboardEvent): void {
    const { target, clipboardData } = event
    const html = clipboardData?.getData('text/html') ?? ''
    if (!(target instanceof HTMLTextAreaElement) || !hasStructure(html)) return
    event.preventDefault()
    const before = target.value.slice(0, target.selectionStart)
    // A list or a table begins on a line of its own.
    put(target, `${before === '' || before.endsWith('\n') ? '' : '\n'}${textOfHtml(html)}`)
    this.typed()
  }

  private insert(button: HTMLButtonElement): void {
    const target = document.getElementById(button.dataset.insert ?? '')
    if (!(target instanceof HTMLTextAreaElement)) return
    const gap = target.value === '' || target.value.endsWith('\n') ? '' : '\n'
    target.setSelectionRange(target.value.length, target.value.length)
    put(target, `${gap}${button.dataset.text ?? ''}`)
    target.focus()
    this.typed()
  }
}

/** Puts text where the selection is, so that the browser's own undo takes it back where it can. */
function put(target: HTMLTextAreaElement, text: string): void {
  target.focus()
  target.setRangeText(text, target.selectionStart, target.selectionEnd, 'end')
}

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-autosave]')) {
  const bar = document.querySelector<HTMLElement>('[data-autosave-bar]')
  if (bar !== null) new Desk(form, bar)
}
