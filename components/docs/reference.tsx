import Link from 'next/link'
import { CodeBlock } from '#components/docs/code-block'
import { Contents } from '#components/docs/contents'
import { Disclosure } from '#components/docs/disclosure'
import { Operation } from '#components/docs/operation'
import { Prose } from '#components/docs/prose'
import { Wordmark } from '#components/shell/mark'
import { PageHeader } from '#components/shell/page-header'
import { SkipLink } from '#components/shell/skip-link'
import type { ReferenceView } from '#lib/api/document/view'

const DOCUMENT = '/api/openapi.json'
const EXAMPLE_ORIGIN = 'https://tokens.example.com'

/** The API reference: its contents beside it on wide screens, above it on narrow ones. It needs no script. */
export function Reference({ reference: { version, origin, introduction, sections } }: { reference: ReferenceView }) {
  const count = sections.reduce((sum, { operations }) => sum + operations.length, 0)
  const surroundings = `export TOKENRY_URL=${origin ?? EXAMPLE_ORIGIN}\nread -rs TOKENRY_TOKEN && export TOKENRY_TOKEN`
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[236px_minmax(0,1fr)]">
      <SkipLink />
      <aside aria-label="Contents" className="sticky top-0 hidden h-dvh overflow-y-auto px-3 pt-4 pb-6 lg:block">
        <Home />
        <nav aria-label="Operations" className="mt-4">
          <Contents sections={sections} />
        </nav>
      </aside>
      <header className="flex h-14 items-center border-b bg-canvas px-4 lg:hidden">
        <Home />
      </header>
      <div className="bg-surface lg:my-2 lg:mr-2 lg:rounded-sheet lg:border lg:shadow-control">
        <main id="content" tabIndex={-1} className="mx-auto w-full max-w-[1000px] px-4 py-4.5 sm:px-9 sm:py-7">
          <PageHeader
            title="API reference"
            answer={
              <>
                <b>{count}</b> operations of Tokenry {version}, made from <DocumentLink />, which is made from the
                schemas that judge every request.
              </>
            }
          />
          <nav aria-label="Operations" className="mb-5 lg:hidden">
            <Disclosure summary="Contents">
              <Contents sections={sections} />
            </Disclosure>
          </nav>
          <div className="max-w-[76ch] space-y-2.5 text-soft">
            {introduction.map((text) => (
              <p key={text}>
                <Prose text={text} />
              </p>
            ))}
            <p>The samples take the address of this server and your token from the environment:</p>
          </div>
          <div className="mt-2.5 max-w-[76ch]">
            <CodeBlock text={surroundings} label="the environment of the samples" />
          </div>
          {sections.map(({ id, name, description, operations }) => (
            <section key={id} aria-labelledby={id} className="mt-9">
              <h2 id={id} className="scroll-mt-6 text-dialog">
                {name}
              </h2>
              <p className="mb-4 text-soft">{description}</p>
              {operations.map((operation) => (
                <Operation key={operation.id} operation={operation} />
              ))}
            </section>
          ))}
        </main>
      </div>
    </div>
  )
}

const Home = () => (
  <Link href="/" className="ml-2 inline-flex rounded-strip" aria-label="Tokenry: to the desk">
    <Wordmark className="h-6" />
  </Link>
)

// A file, which the router has no business with.
const DocumentLink = () => (
  <a href={DOCUMENT} className="rounded-strip text-accent-text underline underline-offset-3">
    the OpenAPI document
  </a>
)
