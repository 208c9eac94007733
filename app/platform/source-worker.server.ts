/**
 * Runs a long computation in a thread of its own, from its source file with tsx, wherever the caller runs from: source, tests,
 * or the bundle of the server. The thread is given its input, answers once, and ends.
 */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { projectRoot } from '#db'

/**
 * The answer of the worker in `file` (from the project's root) to `input`, which it finds as its `workerData`. Rejects with what
 * the worker throws, and when it ends without an answer.
 */
export function askWorker<Answer>(file: string, input: unknown): Promise<Answer> {
  const root = projectRoot()
  const tsx = join(
    dirname(createRequire(join(root, 'package.json')).resolve('tsx/package.json')),
    'dist/esm/api/index.mjs',
  )
  const [register, source] = [tsx, join(root, file)].map(path => JSON.stringify(pathToFileURL(path).href))
  return new Promise((resolve, reject) => {
    // On Node 20 `--import tsx` in `execArgv` does not reach the entry of a worker: it registers tsx itself.
    const worker = new Worker(
      `import(${register}).then(tsx => { tsx.register(); return import(${source}) })`,
      {
        eval: true,
        workerData: input,
        execArgv: [],
        env: {},
      },
    )
    worker.once('message', (answer: Answer) => {
      resolve(answer)
      void worker.terminate()
    })
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error(`invariant broken: ${file} ended without an answer`)))
  })
}
