// The end of a profiled run (see Runtime/Machine/Profile.swift): what was counted goes to the file that the environment names.
import Glibc
import Runtime

#if PROFILE
  func writeProfile(_ vm: VM) {
    guard let path = getenv("TAIPAN_PROFILE_OUTPUT"), let file = fopen(path, "w") else { return }
    fputs(profileReport(vm), file)
    fclose(file)
  }
#else
  func writeProfile(_ vm: VM) {}
#endif
