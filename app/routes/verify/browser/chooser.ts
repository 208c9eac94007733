/** The part of the page where files are chosen: a field, a drop target, a field for other keys, the progress, the results. */
import type { VerifierWords } from '#i18n/verifier'
import { element, icon } from './elements.ts'

export interface Chooser {
  readonly root: HTMLElement
  /** Where the answers go. */
  readonly results: HTMLElement
  /** What was typed under other keys. */
  readonly pastedText: () => string
  /** Says what goes on, on the page and to a screen reader; `isWorking` shows the bar. */
  readonly announce: (text: string, isWorking?: boolean) => void
  /** Leaves the document when the chooser is drawn again. */
  readonly stop: () => void
}

/** Draws it; `onFiles` hears of every choice. */
export function drawChooser({ t }: VerifierWords, onFiles: (files: readonly File[]) => void): Chooser {
  const listening = new AbortController()
  const { signal } = listening
  const input = element('input', {
    id: 'verify-files',
    class: 'visually-hidden',
    type: 'file',
    multiple: true,
    accept: '.pdf,.json,application/pdf,application/json',
    'aria-describedby': 'verify-files-hint',
  })
  input.addEventListener('change', () => {
    const files = [...(input.files ?? [])]
    // The same file must be choosable again: it may have changed meanwhile.
    input.value = ''
    if (files.length > 0) onFiles(files)
  })
  const target = element(
    'div',
    { class: 'verify-drop' },
    // The field itself speaks the browser's language; its label is the button, in the reader's.
    input,
    element(
      'label',
      { class: 'button', 'data-tone': 'primary', for: 'verify-files' },
      icon('upload'),
      t('verifyPage.chooseLabel'),
    ),
    element('p', { class: 'verify-drop__hint', id: 'verify-files-hint' }, t('verifyPage.chooseHint')),
    element('p', { class: 'verify-drop__now', 'aria-hidden': 'true' }, t('verifyPage.chooseDrop')),
  )
  acceptDrops(target, onFiles, signal)
  const { keys, fold } = drawKeysField(t)
  const status = element('p', { class: 'verify-status', role: 'status' })
  const bar = element('progress', { 'aria-label': t('verifyPage.chooseTitle'), hidden: true })
  const results = element('div', { class: 'verify-results' })
  const root = element(
    'div',
    { class: 'verify-chooser' },
    element('h2', {}, t('verifyPage.chooseTitle')),
    target,
    fold,
    element('div', { class: 'progress' }, bar),
    status,
    results,
  )
  return {
    root,
    results,
    pastedText: () => keys.value,
    announce: (text, isWorking = false) => {
      bar.hidden = !isWorking
      status.textContent = text
    },
    stop: () => listening.abort(),
  }
}

/** Folded away: most readers use the keys that come with the page. */
function drawKeysField(t: VerifierWords['t']): {
  readonly keys: HTMLTextAreaElement
  readonly fold: HTMLElement
} {
  const keys = element('textarea', {
    id: 'verify-keys',
    class: 'input',
    rows: 5,
    autocomplete: 'off',
    spellcheck: 'false',
    'aria-describedby': 'verify-keys-hint',
  })
  const fold = element(
    'details',
    { class: 'filter' },
    element('summary', { class: 'filter__summary' }, t('verifyPage.keysField')),
    element(
      'div',
      { class: 'verification__folded field' },
      element('label', { class: 'field__label', for: 'verify-keys' }, t('verifyPage.keysPaste')),
      element('p', { class: 'field__hint', id: 'verify-keys-hint' }, t('verifyPage.keysPasteHint')),
      keys,
    ),
  )
  return { keys, fold }
}

/** A file that is dropped anywhere is verified: beside the target the browser would leave the page for it. */
function acceptDrops(
  target: HTMLElement,
  onFiles: (files: readonly File[]) => void,
  signal: AbortSignal,
): void {
  const mark = (isOver: boolean) => target.toggleAttribute('data-over', isOver)
  window.addEventListener(
    'dragover',
    event => {
      event.preventDefault()
      mark(true)
    },
    { signal },
  )
  window.addEventListener('dragleave', event => event.relatedTarget === null && mark(false), { signal })
  window.addEventListener(
    'drop',
    event => {
      event.preventDefault()
      mark(false)
      const files = [...(event.dataTransfer?.files ?? [])]
      if (files.length > 0) onFiles(files)
    },
    { signal },
  )
}
