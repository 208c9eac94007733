/**
 * What many ask for at once is done together: while one batch is under way, the next gathers, so that a lock and a commit
 * serve all of it. Nobody waits for company; an item alone is a batch of one. Must never let one item's failure fail another's.
 */

interface Waiting {
  readonly item: unknown
  readonly resolve: (answer: never) => void
  readonly reject: (error: unknown) => void
}

/** What waits, by name, for each owner; gone with its owner. */
const LINES = new WeakMap<object, Map<string, Waiting[]>>()
const MOST_AT_ONCE = 50

/**
 * Adds an item to the batch of that name and gives its answer. `run` gets items in the order in which they came and answers
 * each; when it throws for several, each is tried alone. Items of one name must come with the same work to do.
 */
export function together<Item, Answer>(
  owner: object,
  name: string,
  item: Item,
  run: (items: readonly Item[]) => Promise<readonly Answer[]>,
): Promise<Answer> {
  const lines = LINES.get(owner) ?? new Map<string, Waiting[]>()
  LINES.set(owner, lines)
  const line = lines.get(name)
  return new Promise<Answer>((resolve, reject) => {
    const waiting = { item, resolve, reject }
    if (line !== undefined) {
      line.push(waiting)
      return
    }
    const begun: Waiting[] = [waiting]
    lines.set(name, begun)
    void serve(begun, run as Run, () => lines.delete(name))
  })
}

type Run = (items: readonly unknown[]) => Promise<readonly unknown[]>

/** Serves a line until it is empty; it ends in the same moment, so that nobody joins a line that is no longer served. */
async function serve(line: Waiting[], run: Run, end: () => void): Promise<void> {
  while (line.length > 0) await serveBatch(line.splice(0, MOST_AT_ONCE), run)
  end()
}

async function serveBatch(batch: readonly Waiting[], run: Run): Promise<void> {
  try {
    const answers = await run(batch.map(({ item }) => item))
    batch.forEach(({ resolve }, index) => {
      resolve(answers[index] as never)
    })
  } catch (error) {
    if (batch.length === 1) batch[0]!.reject(error)
    else for (const waiting of batch) await serveBatch([waiting], run)
  }
}
