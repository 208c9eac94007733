/**
 * The script of the forms that ask something: while somebody writes, earlier questions that say nearly the same are shown beneath.
 * It decides nothing and enters nothing; without it the form asks once before it enters, as ever.
 */

/** What the server found, ready to be shown. */
interface Found {
  readonly href: string
  readonly title: string
  readonly text: string
  readonly state: string
}

/** A pause in writing after which it is worth asking. */
const PAUSE_MS = 800
/** Fewer letters say nothing yet. */
const LEAST_LETTERS = 4

async function find(place: HTMLElement, form: HTMLFormElement): Promise<readonly Found[]> {
  const fields = new URLSearchParams()
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') fields.append(name, value)
  const answer = await fetch(place.dataset.similar ?? '', { method: 'POST', body: fields })
  return answer.ok ? ((await answer.json()) as readonly Found[]) : []
}

function rowOf({ href, title, text, state }: Found): HTMLLIElement {
  const row = document.createElement('li')
  const link = document.createElement('a')
  link.href = href
  link.textContent = title
  const said = document.createElement('span')
  said.textContent = ` ${text} `
  const where = document.createElement('strong')
  where.textContent = state
  row.append(link, said, where)
  return row
}

function watch(place: HTMLElement): void {
  const form = place.closest('form')
  const list = place.querySelector('ul')
  const written = form?.querySelector<HTMLTextAreaElement>('textarea[name="text"]')
  if (!form || !list || !written) return
  let waits: ReturnType<typeof setTimeout> | undefined
  let asked = 0
  const show = async () => {
    const hidden = form.querySelector<HTMLInputElement>('input[name="private"]')
    asked += 1
    const own = asked
    const isWorth = [...written.value.trim()].length >= LEAST_LETTERS && !hidden?.checked
    const found = isWorth ? await find(place, form) : []
    // What was written meanwhile has its own answer.
    if (own !== asked) return
    list.replaceChildren(...found.map(rowOf))
    place.hidden = found.length === 0
  }
  written.addEventListener('input', () => {
    clearTimeout(waits)
    waits = setTimeout(() => void show().catch(() => {}), PAUSE_MS)
  })
}

for (const place of document.querySelectorAll<HTMLElement>('[data-similar]')) watch(place)

export {}
