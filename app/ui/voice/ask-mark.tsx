/** On a row of a list: that it is being asked about, loudly when the answer is late, and the way to ask. */
import type { ChallengeMark, Subject } from '#voice'
import { StatePill } from '../state.tsx'
import { Anchor, useT } from '../viewer.tsx'
import { askHref } from './on-subject.tsx'

function isOn(subject: Subject) {
  return (mark: ChallengeMark) => mark.subject.kind === subject.kind && mark.subject.key === subject.key
}

/** The marks of one row; nothing when nobody asks about it. */
export function ChallengeMarks(props: {
  readonly slug: string
  readonly subject: Subject
  readonly marks: readonly ChallengeMark[]
}) {
  const t = useT()
  return (
    <>
      {props.marks.filter(isOn(props.subject)).map(mark => (
        <Anchor key={mark.caseId} href={`/c/${props.slug}/ask/${mark.caseId}`}>
          <StatePill
            tone={mark.isOverdue ? 'attention' : 'waiting'}
            label={t(mark.isOverdue ? 'voice.markOverdue' : 'voice.markOpen')}
          />
        </Anchor>
      ))}
    </>
  )
}

/** The marks of a row with the link to ask about it; `about` is what the row is called, for whoever only hears the link. */
export function AskMark(props: {
  readonly slug: string
  readonly subject: Subject
  readonly marks: readonly ChallengeMark[]
  readonly about: string
}) {
  const t = useT()
  return (
    <span className="row-links">
      <ChallengeMarks {...props} />
      <Anchor
        href={askHref(props.slug, props.subject)}
        aria-label={t('voice.askAbout', { about: props.about })}
      >
        {t('voice.askThis')}
      </Anchor>
    </span>
  )
}
