// The file operations of a port that has no files: everything answers that there is no such file, folder or descriptor.

/// Sets a port's file and folder operations so that the modules that ask for them raise OSError.
public func setNoFiles(_ port: UnsafeMutablePointer<Port>) {
  port.pointee.files.kind = noFileKind
  port.pointee.files.open = noFileOpen
  port.pointee.files.read = noFileRead
  port.pointee.files.write = noFileWrite
  port.pointee.files.close = noFileClose
  port.pointee.files.seek = noFileSeek
  port.pointee.folders.change = noFolderChange
  port.pointee.folders.status = noFolderStatus
  port.pointee.folders.open = noFolderOpen
  port.pointee.folders.next = noFolderNext
  port.pointee.folders.close = noFolderClose
  port.pointee.folders.text = noFolderText
}

/// The `poll` of a port whose streams are always ready to write and never wait to be read.
public func pollNothing(_ vm: VM, _ entries: UnsafeMutablePointer<PollEntry>, _ count: Int, _ milliseconds: Int) -> Int {
  var total = 0
  for index in 0..<count {
    let isOutput = entries[index].descriptor == 1 || entries[index].descriptor == 2
    entries[index].ready = isOutput ? entries[index].events & PollEntry.writable : entries[index].descriptor == 0 ? 0 : PollEntry.invalid
    if entries[index].ready != 0 { total &+= 1 }
  }
  return total
}

/// ENOENT, EBADF and ENODEV, as operations answer them.
private var noEntry: Int { -2 }
private var badDescriptor: Int { -9 }
private var noDevice: Int { -19 }

private func noFileKind(_ path: Text) -> Int { 0 }
private func noFileOpen(_ path: Text, _ flags: Int) -> Int { noEntry }
private func noFileRead(_ descriptor: Int, _ target: UnsafeMutablePointer<UInt8>, _ count: Int) -> Int { badDescriptor }
private func noFileWrite(_ descriptor: Int, _ source: UnsafePointer<UInt8>, _ count: Int) -> Int { badDescriptor }
private func noFileClose(_ descriptor: Int) -> Int { badDescriptor }
private func noFileSeek(_ descriptor: Int, _ offset: Int, _ whence: Int) -> Int { badDescriptor }

/// Synchronising nothing succeeds, and no error happened.
private func noFolderChange(_ operation: Int, _ first: Text, _ second: Text) -> Int {
  operation == FolderOperations.synchronise || operation == FolderOperations.errorNumber ? 0 : noDevice
}
private func noFolderStatus(_ isVolume: Bool, _ path: Text, _ numbers: UnsafeMutablePointer<Int>) -> Int { noEntry }
private func noFolderOpen(_ path: Text) -> Int { noEntry }
private func noFolderNext(_ handle: Int, _ name: UnsafeMutablePointer<UInt8>, _ capacity: Int, _ information: UnsafeMutablePointer<Int>)
  -> Int
{ 0 }
private func noFolderClose(_ handle: Int) {}

/// The current folder is the root; there is no environment; the parts of `os.uname` are empty.
private func noFolderText(_ kind: Int, _ name: Text, _ target: UnsafeMutablePointer<UInt8>, _ capacity: Int) -> Int {
  if kind >= FolderOperations.systemName { return 0 }
  if kind != FolderOperations.currentFolder { return noEntry }
  if capacity > 0 { target[0] = 47 }
  return 1
}
