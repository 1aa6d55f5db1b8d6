'use server'

import { formAction } from '#lib/action'
import * as register from '#lib/devices/register'
import * as remove from '#lib/devices/remove'
import * as rename from '#lib/devices/rename'
import { DeviceIdInput, DeviceInput } from '#lib/devices/schema'

export const registerDevice = formAction('registerDevice', DeviceInput, register.registerDevice)
export const renameDevice = formAction('renameDevice', DeviceInput, rename.renameDevice)
export const removeDevice = formAction('removeDevice', DeviceIdInput, remove.removeDevice)
