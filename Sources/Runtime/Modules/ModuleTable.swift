// Runtime's own modules, by index; a port's follow. `builtins` must be the first.

let runtimeModuleCount = 4

func runtimeModule(_ index: Int) -> ModuleRow? {
  switch index {
  case 0: return builtinsModuleRow
  case 1: return sysModuleRow
  case 2: return gcModuleRow
  case 3: return micropythonModuleRow
  default: return nil
  }
}
