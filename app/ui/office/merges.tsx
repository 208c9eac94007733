/** Owners who were entered twice: who shares a name, what waits for a second officer, what was done. */
import type { MergeBoard, MergePerson } from '#people'
import { Button, ButtonRow } from '../button.tsx'
import { DefinitionList } from '../figures.tsx'
import { Card, Section } from '../page-shell.tsx'
import { InstantText } from '../stamp.tsx'
import { Anchor, useT } from '../viewer.tsx'
import { CsrfField, type OfficeFrame } from './office-page.tsx'

interface BoardProps {
  readonly frame: OfficeFrame
  readonly board: MergeBoard
}

function usePersonText(): (person: MergePerson | null) => string {
  const t = useT()
  return person => {
    if (person === null) return t('merges.erased')
    const phone = person.phoneLast4 === null ? '' : t('merges.phone', { last4: person.phoneLast4 })
    const account = person.hasAccount ? t('merges.hasAccount') : ''
    return [person.name, person.units.join(t('merges.comma')), phone, account].filter(Boolean).join(' · ')
  }
}

/** Persons with the same name, each pair with one button. */
export function SameNames({ frame, board }: BoardProps) {
  const t = useT()
  const textOf = usePersonText()
  return (
    <Section title={t('merges.pairsTitle')} lead={t('merges.pairsLead')}>
      {board.pairs.length === 0 && <p>{t('merges.pairsNone')}</p>}
      {board.pairs.map(({ kept, merged }) => (
        <Card key={`${kept.personId} ${merged.personId}`}>
          <form method="post">
            <CsrfField frame={frame} />
            <input type="hidden" name="kept" value={kept.personId} />
            <input type="hidden" name="merged" value={merged.personId} />
            <DefinitionList
              items={[
                { term: t('merges.kept'), detail: textOf(kept) },
                { term: t('merges.merged'), detail: textOf(merged) },
              ]}
            />
            <Button name="intent" value="propose" tone="secondary">
              {t('merges.propose')}
            </Button>
          </form>
        </Card>
      ))}
    </Section>
  )
}

/** Proposals that wait for a second officer. */
export function WaitingMerges({ frame, board }: BoardProps) {
  const t = useT()
  const textOf = usePersonText()
  if (board.waiting.length === 0) return null
  return (
    <Section title={t('merges.waitingTitle')} lead={t('merges.waitingLead')}>
      {board.waiting.map(({ mergeId, kind, isOwn, kept, merged }) => (
        <Card key={mergeId}>
          <form method="post">
            <CsrfField frame={frame} />
            <input type="hidden" name="merge" value={mergeId} />
            <h3>{t(`merges.kind.${kind}`)}</h3>
            <DefinitionList
              items={[
                { term: t('merges.kept'), detail: textOf(kept) },
                { term: t('merges.merged'), detail: textOf(merged) },
              ]}
            />
            {isOwn && <p>{t('merges.own')}</p>}
            <ButtonRow>
              {!isOwn && (
                <Button name="intent" value="confirm">
                  {t('merges.confirm')}
                </Button>
              )}
              <Button name="intent" value="refuse" tone="danger">
                {t(isOwn ? 'merges.takeBack' : 'merges.refuse')}
              </Button>
            </ButtonRow>
          </form>
        </Card>
      ))}
    </Section>
  )
}

/** What was done, by number; each can be proposed to be taken back. */
export function DoneMerges({ frame, board }: BoardProps) {
  const t = useT()
  return (
    <Section title={t('merges.doneTitle')} lead={t('merges.doneLead')}>
      {board.done.length === 0 && <p>{t('merges.doneNone')}</p>}
      {board.done.map(({ mergeId, mergeNo, kind, at, leafIndex, canUndo }) => (
        <Card key={mergeId}>
          <p>
            {t('merges.doneOf', { number: mergeNo, kind: t(`merges.kind.${kind}`) })} <InstantText at={at} />{' '}
            <Anchor href={`/c/${frame.slug}/entries/${leafIndex}/leaf`}>
              {t('voice.inLog', { index: leafIndex })}
            </Anchor>
          </p>
          {canUndo && (
            <form method="post">
              <CsrfField frame={frame} />
              <input type="hidden" name="merge" value={mergeId} />
              <Button name="intent" value="undo" tone="quiet">
                {t('merges.undo')}
              </Button>
            </form>
          )}
        </Card>
      ))}
    </Section>
  )
}
