// The modules of this target by index. A new module: its `ModuleRow.name` in its own file, one line here.

/// The row of a module; nil past the last. A port's `Configuration.swift` may leave some out.
func libraryModule(_ index: Int) -> ModuleRow? {
  switch index {
  case 0: return ModuleRow.collections
  case 1: return ModuleRow.array
  case 2: return ModuleRow.heapq
  case 3: return ModuleRow.math
  case 4: return ModuleRow.cmath
  case 5: return ModuleRow.time
  case 6: return ModuleRow.errno
  case 7: return ModuleRow.random
  case 8: return ModuleRow.`struct`
  case 9: return ModuleRow.binascii
  case 10: return ModuleRow.json
  case 11: return ModuleRow.io
  case 12: return ModuleRow.os
  case 13: return ModuleRow.string
  case 14: return ModuleRow.templatelib
  case 15: return ModuleRow.vfs
  case 16: return ModuleRow.hashlib
  case 17: return ModuleRow.select
  case 18: return ModuleRow.machine
  default: return nil
  }
}

/// Writes the row of a module; false past the last. What a port's configuration names. (Out of line: see `libraryTypeRow`.)
public func libraryModuleRow(_ index: Int, _ row: UnsafeMutablePointer<ModuleRow>) -> Bool { writeLibraryModule(index, row) }

@inline(never) private func writeLibraryModule(_ index: Int, _ row: UnsafeMutablePointer<ModuleRow>) -> Bool {
  guard let found = libraryModule(index) else { return false }
  row.initialize(to: found)
  return true
}
