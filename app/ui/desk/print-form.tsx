/** What to print of a vote: which paper, of which building, and where ballots are handed in. The browser downloads the file. */
import { Button } from '../button.tsx'
import { Notice } from '../feedback.tsx'
import { RadioGroup, SelectField, TextField } from '../form.tsx'
import { type OfficeFrame, officePath } from '../office/office-page.tsx'
import { KeepViewer, useT } from '../viewer.tsx'

export const PRINT_KINDS = ['ballots', 'deliveries', 'proxy', 'lobby'] as const
export type PrintKind = (typeof PRINT_KINDS)[number]

export interface PrintView {
  readonly pollId: string
  readonly buildings: readonly { readonly building: string; readonly papers: number }[]
  readonly longestPlace: number
  /** Why the last order was not printed; null when there was none. */
  readonly refusal: string | null
}

/** The form; nothing changes by printing. */
export function PrintForm(props: { readonly frame: OfficeFrame; readonly view: PrintView }) {
  const t = useT()
  const { frame, view } = props
  const papers = view.buildings.reduce((sum, each) => sum + each.papers, 0)
  return (
    <>
      {view.refusal !== null && <Notice tone="warning" title={view.refusal} />}
      <form method="get" action={officePath(frame.slug, 'polls', view.pollId, 'print', 'papers.pdf')}>
        <KeepViewer />
        <RadioGroup
          name="kind"
          label={t('officePolls.printWhat')}
          defaultValue="ballots"
          choices={PRINT_KINDS.map(kind => ({
            value: kind,
            label: t(`officePolls.printKind.${kind}`),
            hint: t(`officePolls.printKindHint.${kind}`),
          }))}
        />
        <SelectField
          name="building"
          label={t('officePolls.printBuilding')}
          hint={t('officePolls.printBuildingHint')}
          width="half"
          prompt={t('officePolls.printAll', { count: papers })}
          choices={view.buildings.map(each => ({
            value: each.building,
            label: t('officePolls.printOf', { building: each.building, count: each.papers }),
          }))}
        />
        <TextField
          name="place"
          label={t('officePolls.printPlace')}
          hint={t('officePolls.printPlaceHint')}
          defaultValue={t('officePolls.printPlaceUsual')}
          maxLength={view.longestPlace}
          required
        />
        <Button icon="download">{t('officePolls.printButton')}</Button>
      </form>
    </>
  )
}
