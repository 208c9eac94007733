/** Why nothing can be cast now, in words: too early, too late, elsewhere, or no unit of the reader's is concerned. */
import { InstantText, Sentence, useT } from '#ui'
import type { MyVoting } from '#votes/server'

/** The reason that concerns the reader first. */
export function CastObstacle(props: { readonly mine: MyVoting }) {
  const t = useT()
  const { poll, isOpenNow, units } = props.mine
  if (poll.motion.officialVoting === 'import') {
    return <p>{t('ballot.refusal.official-system-only', { system: poll.motion.officialSystem ?? '' })}</p>
  }
  if (!isOpenNow) {
    return poll.state === 'notice' ? (
      <p>
        <Sentence text="ballot.refusal.before-open" values={{ at: <InstantText at={poll.opensAt} /> }} />
      </p>
    ) : (
      <p>
        <Sentence text="ballot.refusal.after-close" values={{ at: <InstantText at={poll.closesAt} /> }} />
      </p>
    )
  }
  if (units.length === 0) return <p>{t('ballot.noUnits')}</p>
  return (
    <ul>
      {units.map(({ entry, obstacle }) => (
        <li key={entry.unit}>
          {obstacle === null
            ? t('ballot.unitOutOfScope', { unit: entry.unit })
            : t('ballot.refusal.cannot-count', {
                unit: entry.unit,
                reason: t(`votes.reason.${obstacle}`),
              })}
        </li>
      ))}
    </ul>
  )
}
