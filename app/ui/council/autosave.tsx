/**
 * Where the clerk's script says how far saving is, offers a kept draft, and sets two texts beside each other. Hidden until the script
 * runs: without it the page is a form with a button.
 */
import { Notice } from '../feedback.tsx'
import { useNonce } from '../nonce.ts'
import { useT } from '../viewer.tsx'

/** Two texts beside each other: what somebody else saved, and one's own. */
export function Sides(props: {
  readonly theirs: { readonly savedBy: string; readonly lines: readonly string[] }
  readonly mine: readonly string[]
}) {
  const t = useT()
  const { theirs, mine } = props
  return (
    <Notice tone="warning" live="alert" title={t('councilDesk.outdated', { name: theirs.savedBy })}>
      <p>{t('councilDesk.outdatedText')}</p>
      <div className="council-sides">
        <section>
          <h3>{t('councilDesk.theirText')}</h3>
          <p className="council-text">{theirs.lines.join('\n')}</p>
        </section>
        <section>
          <h3>{t('councilDesk.myText')}</h3>
          <p className="council-text">{mine.filter(line => line !== '').join('\n')}</p>
        </section>
      </div>
    </Notice>
  )
}

/** The bar above a form that saves by itself, with its script. */
export function AutosaveBar(props: { readonly script: string }) {
  const t = useT()
  const nonce = useNonce()
  return (
    <div
      className="autosave"
      data-autosave-bar
      data-unsaved={t('autosave.unsaved')}
      data-saving={t('autosave.saving')}
      data-saved={t('autosave.saved', { time: '{time}' })}
      data-offline={t('autosave.offline')}
      data-refused={t('autosave.refused', { problem: '{problem}' })}
      data-conflicted={t('autosave.conflicted')}
      hidden
    >
      <p className="autosave__state" role="status" aria-live="polite" data-state>
        {t('autosave.ready')}
      </p>
      <p className="field__hint">{t('autosave.keys')}</p>
      <div className="autosave__aside" data-draft hidden>
        <p>
          {t('autosave.draft')} <span data-at />
        </p>
        <div className="button-row">
          <button className="button" type="button" data-restore>
            {t('autosave.restore')}
          </button>
          <button className="button" data-tone="secondary" type="button" data-discard>
            {t('autosave.discard')}
          </button>
        </div>
      </div>
      <div className="autosave__aside" data-conflict hidden>
        <p>
          {t('autosave.conflictBy')} <strong data-by />
        </p>
        <p>{t('councilDesk.outdatedText')}</p>
        <div className="council-sides">
          <section>
            <h2>{t('councilDesk.theirText')}</h2>
            <p className="council-text" data-theirs />
          </section>
          <section>
            <h2>{t('councilDesk.myText')}</h2>
            <p className="council-text" data-mine />
          </section>
        </div>
      </div>
      <script type="module" src={props.script} nonce={nonce} />
    </div>
  )
}
