/** Former owners of a unit whose personal data can be erased when they ask for it. */
import { Button } from '../button.tsx'
import { Card, Section } from '../page-shell.tsx'
import { useT } from '../viewer.tsx'
import { CsrfField, type OfficeFrame } from './office-page.tsx'

/** One button a person; nothing where there are none. */
export function FormerOwners(props: {
  readonly frame: OfficeFrame
  readonly persons: readonly { readonly personId: string; readonly name: string }[]
}) {
  const t = useT()
  if (props.persons.length === 0) return null
  return (
    <Section title={t('personal.formerTitle')} lead={t('personal.formerLead')} id="former">
      {props.persons.map(({ personId, name }) => (
        <Card key={personId}>
          <form method="post">
            <CsrfField frame={props.frame} />
            <input type="hidden" name="person" value={personId} />
            <Button name="intent" value="erase" tone="danger">
              {t('personal.formerErase', { name })}
            </Button>
          </form>
        </Card>
      ))}
    </Section>
  )
}
