'use client'

import { ChevronsUpDown, CircleUser, LogOut, Monitor, Moon, Sun } from 'lucide-react'
import Link from 'next/link'
import { useTheme } from 'next-themes'
import { toastFailure } from '#components/ui/failure'
import { Menu } from '#components/ui/menu'
import { useAction } from '#components/ui/use-action'
import type { Action } from '#lib/result'

export type Person = {
  readonly email: string
  /** What they are here, in words: "Admin of Alder". */
  readonly role: string
}

const THEMES = [
  { value: 'light', label: 'Light', icon: Sun },
  { value: 'dark', label: 'Dark', icon: Moon },
  { value: 'system', label: 'System', icon: Monitor },
]

/** Who is signed in; leads to their account, the theme and Sign out. */
export function PersonMenu({ person, signOut }: { person: Person; signOut: Action<null, { redirectTo: string }> }) {
  const { theme, setTheme } = useTheme()
  const leaving = useAction(signOut)
  const leave = async () => {
    const result = await leaving.run(null)
    // A full load, so that nothing of this person's pages stays in the browser's memory.
    if (result.ok) window.location.assign(result.data.redirectTo)
    else toastFailure(result)
  }
  return (
    <div className="border-t pt-1.5">
      <Menu
        button={
          <button
            type="button"
            className="flex w-full items-center gap-2.5 rounded-control px-2 py-1.5 text-left transition-colors hover:bg-sunken"
          >
            <span
              aria-hidden
              className="grid size-7 shrink-0 place-items-center rounded-full bg-accent-soft font-semibold text-accent-text text-axis"
            >
              {person.email.slice(0, 2).toUpperCase()}
            </span>
            <span className="min-w-0 flex-1">
              <span className="block truncate text-status leading-4.25">{person.email}</span>
              <span className="block truncate text-muted text-small leading-4.25">{person.role}</span>
            </span>
            <ChevronsUpDown className="icon-small text-text" />
          </button>
        }
      >
        {({
          DropdownMenuContent,
          DropdownMenuItem,
          DropdownMenuLabel,
          DropdownMenuRadioGroup,
          DropdownMenuRadioItem,
          DropdownMenuSeparator,
        }) => (
          <DropdownMenuContent align="start" className="min-w-53">
            <DropdownMenuItem asChild>
              <Link href="/account">
                <CircleUser />
                Account settings
              </Link>
            </DropdownMenuItem>
            <DropdownMenuSeparator />
            <DropdownMenuLabel>Theme</DropdownMenuLabel>
            <DropdownMenuRadioGroup value={theme ?? 'system'} onValueChange={setTheme}>
              {THEMES.map(({ value, label, icon: Icon }) => (
                <DropdownMenuRadioItem key={value} value={value}>
                  <Icon />
                  {label}
                </DropdownMenuRadioItem>
              ))}
            </DropdownMenuRadioGroup>
            <DropdownMenuSeparator />
            <DropdownMenuItem onSelect={leave}>
              <LogOut />
              Sign out
            </DropdownMenuItem>
          </DropdownMenuContent>
        )}
      </Menu>
    </div>
  )
}
