/** A choice of a form whose words are plain text: what a loader can hand to a page. */
export interface TextChoice {
  readonly value: string
  readonly label: string
  readonly hint?: string
}
