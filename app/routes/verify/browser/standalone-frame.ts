/** What the one-file verifier shows around the chooser: its name, language and type size, and the fingerprints it carries. */
import { LANGUAGE_NAMES, type Lang, type VerifierWords } from '#i18n/verifier'
import { keyFingerprintOf } from '#statements'
import { type Given, inGroups } from '../given.ts'
import { element } from './elements.ts'

/** The head of the page; `onLang` draws everything again. */
export function drawStandaloneFrame(
  { t, lang }: VerifierWords,
  given: Given,
  onLang: (lang: Lang) => void,
): { readonly head: HTMLElement; readonly keys: HTMLElement } {
  const root = document.documentElement
  root.lang = lang
  document.title = t('verifyPage.standaloneTitle')
  const other = lang === 'en' ? 'zh-CN' : 'en'
  const language = element(
    'button',
    { type: 'button', class: 'button', 'data-tone': 'quiet', lang: other },
    LANGUAGE_NAMES[other],
  )
  language.addEventListener('click', () => onLang(other))
  const size = element(
    'button',
    { type: 'button', class: 'button', 'data-tone': 'quiet' },
    t('verifyPage.standaloneType'),
  )
  size.addEventListener('click', () => {
    root.dataset.mode = root.dataset.mode === 'elder' ? 'standard' : 'elder'
  })
  return {
    head: element(
      'div',
      { class: 'page-head' },
      element('p', { class: 'page-head__kicker' }, t('verifyPage.standaloneTagline')),
      element('h1', {}, t('verifyPage.standaloneTitle')),
      element('p', { class: 'lead' }, t('verifyPage.lead')),
      element('div', { class: 'page-head__actions' }, language, size),
    ),
    keys: element(
      'section',
      { class: 'section' },
      element('h2', {}, t('verifyPage.standaloneKeys')),
      element('p', {}, t('verifyPage.keysLead')),
      ...given.trustAnchors.map(pem =>
        element('code', { class: 'digest__full' }, inGroups(keyFingerprintOf(pem) ?? '')),
      ),
      ...given.vkeys.map(vkey => element('code', { class: 'digest__full' }, vkey)),
    ),
  }
}
