import { CopyButton } from '#components/ui/copy-button'

/** Code to read and to copy; `label` names it: "Copy: curl". Long lines wrap, so that nothing scrolls sideways. */
export function CodeBlock({ text, label }: { text: string; label: string }) {
  return (
    <div className="flex items-start gap-1 rounded-control bg-sunken py-1 pr-1 pl-3">
      <pre className="min-w-0 flex-1 whitespace-pre-wrap py-0.5 text-mono [overflow-wrap:anywhere]">
        <code>{text}</code>
      </pre>
      <CopyButton text={text} label={`Copy: ${label}`} />
    </div>
  )
}
