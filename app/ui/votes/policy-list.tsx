/** The switches of a poll's rules in plain words, each with the value that holds. The compiler finds a switch without words. */
import { countText } from '#i18n'
import type { Policy } from '#votes'
import { DigestFigure } from '../digest.tsx'
import { DefinitionList } from '../figures.tsx'
import { useT } from '../viewer.tsx'

/** Every switch in reading order: what most owners ask first stands first. */
export function PolicySwitches(props: {
  readonly policy: Policy
  /** The version of the community's rules of procedure; null where they say nothing and the defaults hold. */
  readonly rulesVersion: string | null
  readonly digest: string | null
}) {
  const { policy, rulesVersion, digest } = props
  const t = useT()
  const items: { readonly [Name in keyof Policy]: readonly [term: string, detail: string] } = {
    silentPolicy: [t('polls.policyName.silentPolicy'), t(`polls.policy.silentPolicy.${policy.silentPolicy}`)],
    withdrawAllowed: [
      t('polls.policyName.withdrawAllowed'),
      t(`polls.policy.withdrawAllowed.${policy.withdrawAllowed}`),
    ],
    coOwnerConflict: [
      t('polls.policyName.coOwnerConflict'),
      t(`polls.policy.coOwnerConflict.${policy.coOwnerConflict}`),
    ],
    splitHead: [t('polls.policyName.splitHead'), t(`polls.policy.splitHead.${policy.splitHead}`)],
    duplicatePolicy: [
      t('polls.policyName.duplicatePolicy'),
      t(`polls.policy.duplicatePolicy.${policy.duplicatePolicy}`),
    ],
    proxyLimit: [
      t('polls.policyName.proxyLimit'),
      t('polls.policy.proxyLimit', { count: countText(policy.proxyLimit) }),
    ],
    blankPolicy: [t('polls.policyName.blankPolicy'), t(`polls.policy.blankPolicy.${policy.blankPolicy}`)],
    overvotePolicy: [
      t('polls.policyName.overvotePolicy'),
      t(`polls.policy.overvotePolicy.${policy.overvotePolicy}`),
    ],
    countSpecialSpaces: [
      t('polls.policyName.countSpecialSpaces'),
      t(`polls.policy.countSpecialSpaces.${policy.countSpecialSpaces}`),
    ],
  }
  return (
    <>
      <p>
        {rulesVersion === null ? t('polls.rulesDefault') : t('polls.rulesVersion', { version: rulesVersion })}
      </p>
      <DefinitionList items={Object.values(items).map(([term, detail]) => ({ term, detail }))} />
      {digest !== null && <DigestFigure hash={digest} label={t('polls.policyDigest')} />}
    </>
  )
}
