import type { ReactNode } from 'react'
import { CodeBlock } from '#components/docs/code-block'
import { Disclosure } from '#components/docs/disclosure'
import { FieldTable } from '#components/docs/field-table'
import { ProblemTable } from '#components/docs/problem-table'
import { Prose } from '#components/docs/prose'
import type { ContentView, OperationView } from '#lib/api/document/view'

/** One operation: how it is called, what it takes, what it answers, what can be refused. */
export function Operation({ operation }: { operation: OperationView }) {
  const { id, method, path, summary, description, access, parameters, body, answers, problems, samples } = operation
  const of = `${method} ${path}`
  return (
    <article aria-labelledby={id} className="border-t pt-6 pb-9">
      <h3 id={id} className="scroll-mt-6 text-section">
        <a href={`#${id}`} className="rounded-strip hover:underline">
          <Prose text={summary} />
        </a>
      </h3>
      <p className="mt-1.5 flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <code className="rounded-strip bg-sunken px-2 text-mono [overflow-wrap:anywhere]">
          <b className="font-semibold text-text">{method}</b> {path}
        </code>
        <span className="text-muted text-small">{access}</span>
      </p>
      {description !== null && (
        <p className="mt-2 max-w-[76ch] text-soft">
          <Prose text={description} />
        </p>
      )}
      <div className="mt-4">
        {samples.map(({ label, source }, index) => (
          <Disclosure key={label} summary={label} group={`samples-${id}`} open={index === 0}>
            <CodeBlock text={source} label={`${label} for ${of}`} />
          </Disclosure>
        ))}
      </div>
      {parameters.length > 0 && (
        <Part heading="Parameters">
          <FieldTable label={`Parameters of ${of}`} fields={parameters} />
        </Part>
      )}
      {body !== null && (
        <Part heading="Body" aside={body.mediaType}>
          <Content of={`Body of ${of}`} content={body} />
        </Part>
      )}
      {answers.map(({ status, words, content }) => (
        <Part key={status} heading={`${status} ${words}`} aside={content?.mediaType ?? 'without a body'}>
          {content !== null && <Content of={`${status} of ${of}`} content={content} />}
        </Part>
      ))}
      {problems.length > 0 && (
        <div className="mt-5">
          <Disclosure summary={`Problems (${problems.length})`}>
            <ProblemTable label={`Problems of ${of}`} problems={problems} />
          </Disclosure>
        </div>
      )}
    </article>
  )
}

function Part({ heading, aside, children }: { heading: string; aside?: string; children: ReactNode }) {
  return (
    <section className="mt-5">
      <h4 className="flex flex-wrap items-baseline gap-x-2 text-label">
        {heading}
        {aside !== undefined && <span className="font-normal text-muted text-small">{aside}</span>}
      </h4>
      {children}
    </section>
  )
}

const Content = ({ of, content: { fields, example } }: { of: string; content: ContentView }) => (
  <>
    {fields.length > 0 && <FieldTable label={of} fields={fields} />}
    {example !== null && (
      <Disclosure summary="Example">
        <CodeBlock text={example} label={`example, ${of}`} />
      </Disclosure>
    )}
  </>
)
