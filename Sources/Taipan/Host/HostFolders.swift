// What the module `os` gets from the operating system: folders, files' facts, the environment.
#if canImport(Glibc)
  import Glibc
  import Runtime

  /// Sets the folder operations of a hosted interpreter's port.
  func configureFolders(_ port: UnsafeMutablePointer<Port>) {
    port.pointee.folders.change = hostChange
    port.pointee.folders.status = hostStatus
    port.pointee.folders.open = hostOpenFolder
    port.pointee.folders.next = hostNextEntry
    port.pointee.folders.close = hostCloseFolder
    port.pointee.folders.text = hostText
  }

  private func orErrno(_ result: Int32) -> Int { result < 0 ? -Int(errno) : Int(result) }

  private func hostChange(_ operation: Int, _ first: Text, _ second: Text) -> Int {
    withPath(first) { one in
      withPath(second) { two in
        switch operation {
        case FolderOperations.makeFolder: return orErrno(mkdir(one, 0o777))
        case FolderOperations.removeFolder: return orErrno(rmdir(one))
        case FolderOperations.removeFile: return orErrno(unlink(one))
        case FolderOperations.rename: return orErrno(rename(one, two))
        case FolderOperations.changeFolder: return orErrno(chdir(one))
        case FolderOperations.setEnvironment: return orErrno(setenv(one, two, 1))
        case FolderOperations.unsetEnvironment: return orErrno(unsetenv(one))
        case FolderOperations.runCommand: return orErrno(system(one))
        case FolderOperations.synchronise:
          sync()
          return 0
        case FolderOperations.errorNumber:
          if first.count > 0 { errno = atoi(one) }
          return Int(errno)
        default: return -Int(EINVAL)
        }
      }
    }
  }

  private func hostStatus(_ isVolume: Bool, _ path: Text, _ numbers: UnsafeMutablePointer<Int>) -> Int {
    withPath(path) { name in
      if isVolume {
        var status = statvfs()
        guard statvfs(name, &status) == 0 else { return -Int(errno) }
        let fields = [
          status.f_bsize, status.f_frsize, status.f_blocks, status.f_bfree, status.f_bavail, status.f_files, status.f_ffree,
          status.f_favail,
          status.f_flag, status.f_namemax,
        ]
        for index in 0..<10 { numbers[index] = Int(truncatingIfNeeded: fields[index]) }
        return 0
      }
      var status = stat()
      guard stat(name, &status) == 0 else { return -Int(errno) }
      numbers[0] = Int(status.st_mode)
      numbers[1] = Int(truncatingIfNeeded: status.st_ino)
      numbers[2] = Int(truncatingIfNeeded: status.st_dev)
      numbers[3] = Int(truncatingIfNeeded: status.st_nlink)
      numbers[4] = Int(status.st_uid)
      numbers[5] = Int(status.st_gid)
      numbers[6] = Int(status.st_size)
      numbers[7] = status.st_atim.tv_sec
      numbers[8] = status.st_mtim.tv_sec
      numbers[9] = status.st_ctim.tv_sec
      return 0
    }
  }

  private func hostOpenFolder(_ path: Text) -> Int {
    withPath(path) { name in
      guard let folder = opendir(name) else { return -Int(errno) }
      return Int(bitPattern: folder)
    }
  }

  private func folder(_ handle: Int) -> OpaquePointer? { OpaquePointer(bitPattern: handle) }

  private func hostNextEntry(_ handle: Int, _ name: UnsafeMutablePointer<UInt8>, _ capacity: Int, _ information: UnsafeMutablePointer<Int>)
    -> Int
  {
    guard let folder = folder(handle) else { return -Int(EBADF) }
    while true {
      errno = 0
      guard let entry = readdir(folder) else { return -Int(errno) }
      let count = withUnsafePointer(to: &entry.pointee.d_name) { pointer -> Int in
        let text = UnsafeRawPointer(pointer).assumingMemoryBound(to: UInt8.self)
        var count = 0
        while count < capacity && text[count] != 0 {
          name[count] = text[count]
          count += 1
        }
        return count
      }
      if count == 1 && name[0] == 46 || count == 2 && name[0] == 46 && name[1] == 46 { continue }
      let kind = Int32(entry.pointee.d_type)
      information[0] = kind == 4 ? 0x4000 : kind == 8 ? 0x8000 : Int(kind) << 12
      information[1] = Int(truncatingIfNeeded: entry.pointee.d_ino)
      var status = stat()
      let found = withUnsafePointer(to: &entry.pointee.d_name) {
        fstatat(dirfd(folder), UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self), &status, 0)
      }
      information[2] = found == 0 ? Int(status.st_size) : 0
      return count
    }
  }

  private func hostCloseFolder(_ handle: Int) {
    if let folder = folder(handle) { closedir(folder) }
  }

  private func hostText(_ kind: Int, _ name: Text, _ target: UnsafeMutablePointer<UInt8>, _ capacity: Int) -> Int {
    switch kind {
    case FolderOperations.currentFolder:
      guard let path = getcwd(nil, 0) else { return -Int(errno) }
      defer { free(path) }
      return copy(path, target, capacity)
    case FolderOperations.environmentVariable:
      return withPath(name) { name in
        guard let value = getenv(name) else { return -1 }
        return copy(value, target, capacity)
      }
    case FolderOperations.environmentEntry:
      let position = withPath(name) { Int(atoi($0)) }
      guard let entry = environ[position] else { return -1 }
      return copy(entry, target, capacity)
    default:
      var names = utsname()
      guard uname(&names) == 0 else { return -1 }
      let index = kind - FolderOperations.systemName
      guard index >= 0 && index < 5 else { return -1 }
      return withUnsafePointer(to: &names) { pointer in
        let field = UnsafeRawPointer(pointer).assumingMemoryBound(to: CChar.self) + index * 65
        return copy(field, target, capacity)
      }
    }
  }

  private func copy(_ text: UnsafePointer<CChar>, _ target: UnsafeMutablePointer<UInt8>, _ capacity: Int) -> Int {
    let count = strlen(text)
    memcpy(target, text, min(count, capacity))
    return count
  }
#endif
