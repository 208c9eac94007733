/**
 * The script of the verify page, and of the verifier that is one file. Everything it needs came with it: it makes no
 * request, keeps nothing, and sends nothing anywhere.
 */
import { type Lang, type VerifierWords, verifierWords } from '#i18n/verifier'
import { type VerifiedFile, verifyChosenFiles } from '#statements'
import { type Given, MOUNT_ID, readClaim } from '../given.ts'
import { drawChooser } from './chooser.ts'
import { FILE_BYTES_MAX, type FileProblem, sortChosenFiles } from './chosen-files.ts'
import { element, icon } from './elements.ts'
import { chooseKeys } from './pasted-keys.ts'
import { drawStandaloneFrame } from './standalone-frame.ts'
import { type Outcome, outcomeOf, verdictView } from './verdict-view.ts'

const LARGEST_MB = FILE_BYTES_MAX / 1024 / 1024

/** Why this browser cannot verify here; null when it can. */
function obstacleOf({ t }: VerifierWords): string | null {
  if (!globalThis.isSecureContext) return t('verifyPage.insecure')
  const hasAll =
    typeof crypto?.subtle?.verify === 'function' && typeof Blob.prototype.arrayBuffer === 'function'
  return hasAll ? null : t('verifyPage.tooOld')
}

function problemView(name: string, problem: FileProblem, { t }: VerifierWords): HTMLElement {
  const texts = {
    empty: [t('verifyPage.emptyTitle'), t('verifyPage.emptyText')],
    tooLarge: [t('verifyPage.tooLargeTitle'), t('verifyPage.tooLargeText', { size: LARGEST_MB })],
    notPdf: [t('verifyPage.notPdfTitle'), t('verifyPage.notPdfText')],
    badList: [t('verifyPage.badListTitle'), t('verifyPage.badListText')],
    unreadable: [t('verifyPage.unreadableTitle'), t('verifyPage.unreadableText')],
  } as const
  const [title, text] = texts[problem]
  return element(
    'div',
    { class: 'error-state' },
    icon('attention'),
    element(
      'div',
      {},
      element('p', { class: 'verification__file' }, t('verifyPage.resultOf', { name })),
      element('h3', { class: 'error-state__title' }, title),
      element('p', { class: 'error-state__text' }, text),
    ),
  )
}

function noticeView(text: string): HTMLElement {
  return element(
    'div',
    { class: 'notice', 'data-tone': 'warning' },
    icon('attention'),
    element('div', { class: 'notice__body' }, element('p', {}, text)),
  )
}

/** All answers in a sentence: for the line above them, and for who listens. */
function summaryOf(
  verified: readonly VerifiedFile[],
  problemCount: number,
  { t, say, lang }: VerifierWords,
): string {
  const countOf = (outcome: Outcome) => verified.filter(({ report }) => outcomeOf(report) === outcome).length
  const [only, ...others] = verified
  const gap = lang === 'en' ? ' ' : ''
  const beside = problemCount > 0 ? `${gap}${t('verifyPage.finishedBeside', { count: problemCount })}` : ''
  if (only === undefined) return t('verifyPage.nothingChosen')
  const isReplaced = outcomeOf(only.report) === 'superseded'
  const verdict = isReplaced ? t('verifyPage.supersededTitle') : say(`verdict.${only.report.verdict}`)
  const counts = { valid: countOf('valid'), superseded: countOf('superseded'), invalid: countOf('invalid') }
  if (others.length === 0) return `${t('verifyPage.finishedOne', { name: only.name, verdict })}${beside}`
  return `${t('verifyPage.finished', { count: verified.length, ...counts })}${beside}`
}

/** What stays between two choices: the lists of corrections at hand, and the last files for a change of language. */
interface Memory {
  lists: readonly File[]
  chosen: readonly File[]
}

/** Draws the verifier into its place and listens. Drawing again (another language) verifies the same files again. */
function draw(mount: HTMLElement, given: Given, memory: Memory, lang: Lang): void {
  const words = verifierWords(lang)
  const { t } = words
  const obstacle = obstacleOf(words)
  const chooser = drawChooser(words, files => {
    verify(files).catch(() => chooser.announce(t('verifyPage.failed')))
  })
  const verify = async (files: readonly File[]): Promise<void> => {
    memory.chosen = files
    chooser.results.replaceChildren()
    chooser.announce(t('verifyPage.working', { count: files.length }), true)
    // Lets the browser show that work began.
    await new Promise(done => setTimeout(done, 20))
    const { statements, lists, problems } = await sortChosenFiles(files)
    memory.lists = [...memory.lists, ...lists]
    const keys = chooseKeys(given, chooser.pastedText())
    const checkedAt = new Date()
    const verifier = { ...keys, say: words.say }
    const verified = await verifyChosenFiles([...statements, ...memory.lists], verifier, checkedAt)
    const claim = readClaim(new URLSearchParams(location.search))
    const shownClaim = claim === 'unreadable' ? null : claim
    const isWithPastedKeys = keys.pasted === 'used'
    chooser.results.replaceChildren(
      ...(keys.pasted === 'unreadable' ? [noticeView(t('verifyPage.keysPasteBad'))] : []),
      ...(lists.length > 0 ? [noticeView(t('verifyPage.listTaken'))] : []),
      ...problems.map(({ name, problem }) => problemView(name, problem, words)),
      ...verified.map(file =>
        verdictView({ ...file, claim: shownClaim, checkedAt, isWithPastedKeys }, words),
      ),
    )
    chooser.announce(summaryOf(verified, problems.length, words))
    chooser.results.scrollIntoView({ block: 'start' })
  }
  const frame = given.isStandalone
    ? drawStandaloneFrame(words, given, other => {
        chooser.stop()
        draw(mount, given, memory, other)
      })
    : null
  mount.replaceChildren(
    ...(frame === null ? [] : [frame.head]),
    obstacle === null ? chooser.root : noticeView(obstacle),
    ...(frame === null ? [] : [frame.keys]),
  )
  if (obstacle === null && memory.chosen.length > 0) void verify(memory.chosen)
}

const mount = document.getElementById(MOUNT_ID)
if (mount !== null) {
  const given = JSON.parse(mount.dataset.given ?? '{}') as Given
  const lists = given.corrections.map(text => new File([text], 'corrections.json'))
  draw(mount, given, { lists, chosen: [] }, document.documentElement.lang === 'en' ? 'en' : 'zh-CN')
}
