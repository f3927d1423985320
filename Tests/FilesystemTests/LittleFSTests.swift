// littlefs: what it keeps, over power cuts at every moment and in images that are damaged.

import Testing

@testable import Filesystem

/// Bytes that tell where they belong.
func pattern(_ count: Int, _ seed: Int = 0) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 / 251 &+ seed) } }

@Suite struct LittleFSTests {
  private func freshDisk(blockSize: Int = 256, blockCount: Int = 128) throws -> Disk {
    let disk = Disk(Memory(blockSize: blockSize, blockCount: blockCount))
    try disk.format()
    try disk.mount()
    return disk
  }

  /// The same blocks as after a restart.
  private func remounted(_ disk: Disk) throws -> Disk {
    let other = Disk(disk.memory)
    try other.mount()
    return other
  }

  @Test func nothingIsNoFileSystem() {
    let disk = Disk(Memory())
    #expect(throws: StorageError.self) { try disk.mount() }
  }

  @Test func filesOfAllSizesComeBack() throws {
    let disk = try freshDisk()
    var expected: [String: [UInt8]?] = [:]
    for size in [0, 1, 31, 32, 33, 255, 256, 257, 500, 504, 1000, 5000] {
      try disk.write("/file\(size)", pattern(size, size))
      expected["/file\(size)"] = pattern(size, size)
    }
    #expect(try disk.contents() == expected)
    #expect(try remounted(disk).contents() == expected)
  }

  @Test func foldersGrowAndShrink() throws {
    let disk = try freshDisk()
    try disk.makeFolder("/folder")
    for index in 0..<60 { try disk.write("/folder/name\(index * 37 % 60)", pattern(index)) }
    #expect(try disk.list("/folder").count == 60)
    #expect(try Set(disk.list("/folder")) == Set((0..<60).map { "name\($0)" }))
    #expect(throws: StorageError.notEmpty) { try disk.remove("/folder") }
    for index in 0..<60 { try disk.remove("/folder/name\(index)") }
    #expect(try remounted(disk).list("/folder") == [])
    try disk.remove("/folder")
    #expect(try remounted(disk).contents() == [:])
    #expect(try disk.system.pointee.usedBlocks() == 2)
  }

  @Test func appendingAndOverwriting() throws {
    let disk = try freshDisk()
    var expected: [UInt8] = []
    for step in 0..<40 {
      try disk.write("/log", pattern(step * 5, step), appends: true)
      expected += pattern(step * 5, step)
    }
    #expect(try disk.read("/log") == expected)
    var mode = LittleMode()
    mode.reads = true
    mode.writes = true
    for place in [0, 10, 250, 1000, 3000, expected.count - 5] {
      try disk.with("/log", mode) { (file) throws(StorageError) in
        try disk.system.pointee.seek(file, UInt32(place))
        try disk.write(file, [1, 2, 3, 4, 5])
      }
      expected.replaceSubrange(place..<place + 5, with: [1, 2, 3, 4, 5])
      #expect(try disk.read("/log") == expected, "at \(place)")
    }
    try disk.with("/log", mode) { (file) throws(StorageError) in
      try disk.system.pointee.truncate(file, 777)
      try disk.system.pointee.seek(file, 900)
      try disk.write(file, [9])
    }
    expected = Array(expected[..<777]) + [UInt8](repeating: 0, count: 123) + [9]
    #expect(try remounted(disk).read("/log") == expected)
  }

  @Test func renaming() throws {
    let disk = try freshDisk()
    try disk.makeFolder("/a")
    try disk.makeFolder("/b")
    try disk.write("/a/file", pattern(700))
    try disk.write("/b/old", pattern(9))
    try disk.rename("/a/file", "/b/old")
    try disk.rename("/a", "/b/a")
    try disk.write("/b/a/more", [1])
    #expect(throws: StorageError.invalid) { try disk.rename("/b", "/b/a/c") }
    #expect(throws: StorageError.noEntry) { try disk.rename("/x", "/y") }
    let expected: [String: [UInt8]?] = ["/b": nil, "/b/old": pattern(700), "/b/a": nil, "/b/a/more": [1]]
    #expect(try remounted(disk).contents() == expected)
  }

  @Test func aFullDeviceStaysWhole() throws {
    let disk = try freshDisk(blockCount: 24)
    try disk.write("/kept", pattern(300))
    var count = 0
    do throws(StorageError) {
      while count < 1000 {
        try disk.write("/fill\(count)", pattern(600))
        count += 1
      }
    } catch { #expect(error == .noSpace) }
    #expect(count > 3)
    #expect(try disk.read("/kept") == pattern(300))
    for index in 0..<count { try disk.remove("/fill\(index)") }
    try disk.write("/again", pattern(600))
    #expect(try remounted(disk).read("/again") == pattern(600))
  }

  // MARK: Power cuts

  /// A step that must happen as a whole or not at all.
  private enum Step {
    case makeFolder(String)
    case write(String, [UInt8], appends: Bool)
    case rename(String, String)
    case remove(String)
  }

  private func perform(_ step: Step, _ disk: Disk) throws(StorageError) {
    switch step {
    case .makeFolder(let path): try disk.makeFolder(path)
    case .write(let path, let content, let appends): try disk.write(path, content, appends: appends)
    case .rename(let old, let new): try disk.rename(old, new)
    case .remove(let path): try disk.remove(path)
    }
  }

  /// What the workload does: rounds that leave a little more each time.
  private func steps(rounds: Int) -> [Step] {
    var result: [Step] = []
    for round in 0..<rounds {
      let top = "/round\(round)"
      result += [.makeFolder(top), .makeFolder(top + "/inner")]
      for index in 0..<7 { result.append(.makeFolder("/folder\(index)")) }
      for index in 0..<9 { result.append(.write(top + "/file\(index)", [], appends: false)) }
      result.append(.write(top + "/inner/large", [], appends: false))
      result.append(.write(top + "/inner/large", pattern(2000, round), appends: true))
      result.append(.write(top + "/inner/large", pattern(300, round), appends: true))
      for index in 0..<4 { result.append(.rename(top + "/file\(index)", "/folder\(index)/moved")) }
      result.append(.rename(top + "/inner", "/folder5/inner"))
      for index in 4..<9 { result.append(.remove(top + "/file\(index)")) }
      result.append(.remove(top))
      result.append(.rename("/folder5/inner/large", "/large\(round)"))
      result.append(.rename("/folder5/inner", "/folder6"))
      for index in 0..<4 { result.append(.remove("/folder\(index)/moved")) }
      for index in 0..<7 { result.append(.remove("/folder\(index)")) }
    }
    return result
  }

  /// Cuts the power at every block that the workload changes: afterwards there is the state before or after the step that was under way, and
  /// the file system can be used.
  @Test func everyPowerCutIsSurvived() throws {
    let disk = try freshDisk(blockCount: 600)
    var before = try disk.contents()
    var cuts = 0
    for (number, step) in steps(rounds: 20).enumerated() {
      let image = disk.memory.bytes
      try perform(step, disk)
      let after = try disk.contents()
      var cut = 1
      while true {
        let memory = Memory(blockSize: 256, blockCount: 600)
        memory.bytes = image
        let victim = Disk(memory)
        try victim.mount()
        memory.left = cut
        var isDone = true
        do throws(StorageError) { try perform(step, victim) } catch { isDone = false }
        if isDone { break }
        memory.left = -1
        let survivor = try remounted(victim)
        let found = try survivor.contents()
        if found != before && found != after {
          Issue.record("cut \(cut) in step \(number): \(found.keys.sorted())")
          return
        }
        try survivor.write("/after", pattern(400))
        try survivor.remove("/after")
        if try remounted(survivor).contents() != found { Issue.record("later, after cut \(cut) in step \(number)") }
        cut += 1
        cuts += 1
      }
      before = after
    }
    #expect(cuts >= 3000, "as many as \(cuts)")
  }

  // MARK: Damage

  /// Whatever stands in the blocks, there is an error or an answer, and an end.
  @Test func damagedImagesAreHarmless() throws {
    let original = try freshDisk(blockCount: 48)
    for step in steps(rounds: 1).prefix(28) { try perform(step, original) }
    let image = original.memory.bytes
    var random = SystemRandomNumberGenerator()
    for _ in 0..<3000 {
      let memory = Memory(blockSize: 256, blockCount: 48)
      memory.bytes = image
      for _ in 0..<Int.random(in: 1...40, using: &random) {
        let place = Bool.random(using: &random) ? Int.random(in: 0..<image.count, using: &random) : Int.random(in: 0..<2048, using: &random)
        memory.bytes[place] = UInt8.random(in: 0...255, using: &random)
      }
      let disk = Disk(memory)
      do throws(StorageError) {
        try disk.mount()
        _ = try disk.contents()
        try disk.write("/round0/new", pattern(900))
        try disk.rename("/folder1", "/round0/f")
        try disk.remove("/round0/file7")
      } catch {}
    }
  }
}
