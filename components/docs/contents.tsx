import type { SectionView } from '#lib/api/document/view'

/** What the page holds, as links to its parts. */
export function Contents({ sections }: { sections: readonly SectionView[] }) {
  return (
    <ul className="space-y-4">
      {sections.map(({ id, name, operations }) => (
        <li key={id}>
          <a
            href={`#${id}`}
            className="block rounded-control px-2.5 py-1 text-control text-text hover:bg-sunken touch:py-2.5"
          >
            {name}
          </a>
          <ul>
            {operations.map(({ id: operation, method, path }) => (
              <li key={operation}>
                <a
                  href={`#${operation}`}
                  className="block rounded-control px-2.5 py-1 text-small text-soft [overflow-wrap:anywhere] hover:bg-sunken hover:text-text touch:py-2.5"
                >
                  <span className="font-semibold">{method}</span> {path.replace(/^\/api(?:\/v1)?/, '')}
                </a>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  )
}
