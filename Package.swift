// swift-tools-version:6.2
// One package for host and chip. Nothing here says "Embedded": a toolset file does (see Documentation/Architecture.md).
import PackageDescription

/// The engine counts what it does (Benchmarks/profile).
let profile: [SwiftSetting] = Context.environment["TAIPAN_PROFILE"] != nil ? [.define("PROFILE")] : []

/// Naming a function in a thin slot of a constant table needs `InferSendableFromCaptures` off, so targets with such tables are in Swift 5
/// mode with every other Swift 6 feature switched on. All other targets are in Swift 6 mode.
let engine: [SwiftSetting] =
  profile + [
    .swiftLanguageMode(.v5), .enableUpcomingFeature("StrictConcurrency"), .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("GlobalConcurrency"), .enableUpcomingFeature("RegionBasedIsolation"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ]
let swift6: [SwiftSetting] = [.swiftLanguageMode(.v6)]

/// Every instruction of a dispatch loop ends with a jump of its own to the next one, which processors predict far better than one that all share:
/// LLVM copies the dispatch there unless, as by default, more than 16 places would get a copy. Packages that fetch Taipan may not be given
/// such flags by their dependencies; they get the same engine with one shared jump.
let isDependency = Context.packageDirectory.contains("/checkouts/")
let threadedDispatch: [SwiftSetting] =
  isDependency
  ? []
  : [
    .unsafeFlags(["-Xllvm", "-tail-dup-pred-size=10000", "-Xllvm", "-tail-dup-succ-size=10000"], .when(configuration: .release))
  ]

/// One static file. (`TAIPAN_SANITIZE`: a sanitiser's own library is dynamic.)
let staticLinux =
  (Context.environment["TAIPAN_SANITIZE"] == nil ? ["-static-executable"] : []) + [
    "-use-ld=lld", "-Xlinker", "--compress-debug-sections=zlib",
  ]
/// One static file, in which what a start touches lies together (Scripts/order-startup).
let linux =
  staticLinux + [
    "-Xlinker", "--symbol-ordering-file=\(Context.packageDirectory)/Ports/Unix/startup.order", "-Xlinker", "--no-warn-symbol-ordering",
  ]

/// The compiler (6.3.1) crashes on the engine's tables in debug builds, and on the command in builds for testing. So tests are built a part at a
/// time (Scripts/test): `TAIPAN_PART=compiler` in debug, `TAIPAN_PART=runtime` in release.
let part = Context.environment["TAIPAN_PART"]

let library: [Target] = [
  .target(name: "Platform"),
  .target(name: "Numerics", exclude: ["README.md"], swiftSettings: swift6),
  .target(name: "Bytecode", exclude: ["README.md"], swiftSettings: swift6),
  .target(name: "Filesystem", exclude: ["README.md"], swiftSettings: engine),
]
let compiler: [Target] = [
  .target(name: "Compiler", dependencies: ["Bytecode", "Numerics"], exclude: ["README.md", "Syntax/README.md"], swiftSettings: swift6)
]
// Runtime and Library are one module: the compiler lays large constant tables out at compile time only where the row's initialiser is in the
// same module, and crashes on some that it does not.
let runtime: [Target] = [
  .target(
    name: "Runtime", dependencies: ["Platform", "Bytecode", "Filesystem", "Numerics"], path: "Sources", sources: ["Runtime", "Library"],
    swiftSettings: engine + threadedDispatch)
]
let console: [Target] = [
  .target(name: "Console", dependencies: ["Platform", "Runtime", "Numerics"], exclude: ["README.md"], swiftSettings: engine)
]
let products: [Target] = [
  .target(name: "Taipan", dependencies: ["Platform", "Runtime", "Compiler"], swiftSettings: engine),
  .executableTarget(
    name: "taipan", dependencies: ["Taipan", "Console", "Compiler", "Runtime", "Bytecode", "Platform"], path: "Ports/Unix",
    exclude: ["startup.order", "manifest.py"],
    swiftSettings: engine,
    linkerSettings: [.unsafeFlags(linux, .when(platforms: [.linux]))]),
  .executableTarget(
    name: "mpy-cross",
    dependencies: ["Compiler", "Bytecode", "Numerics", .product(name: "ArgumentParser", package: "swift-argument-parser")],
    path: "Ports/MpyCross", swiftSettings: swift6,
    linkerSettings: [
      .unsafeFlags(staticLinux + ["-l_FoundationCollections", "-l_FoundationCShims", "-lswiftSynchronization"], .when(platforms: [.linux]))
    ]),
  .executableTarget(name: "name-generator", path: "Tools/NameGenerator", swiftSettings: swift6),
]
/// Only in builds for a chip (`TAIPAN_PART=firmware`, Scripts/embedded): a host can't link it.
let firmware: [Target] = [
  .target(name: "Taipan", dependencies: ["Platform", "Runtime", "Compiler"], swiftSettings: engine),
  .executableTarget(
    name: "firmware", dependencies: ["Taipan", "Console", "Filesystem", "Runtime", "Platform"], path: "Ports/STM32",
    exclude: ["README.md", "armv7em.json", "stm32f405.ld", "manifest.py"],
    swiftSettings: engine),
]
let compilerTests: [Target] = [
  .testTarget(name: "NumericsTests", dependencies: ["Numerics"], swiftSettings: swift6),
  .testTarget(name: "BytecodeTests", dependencies: ["Bytecode"], swiftSettings: swift6),
  .testTarget(name: "CompilerTests", dependencies: ["Compiler", "Bytecode", "Numerics"], swiftSettings: swift6),
]
let runtimeTests: [Target] = [
  .testTarget(name: "RuntimeTests", dependencies: ["Runtime", "Platform"], swiftSettings: engine),
  .testTarget(name: "FilesystemTests", dependencies: ["Filesystem"], swiftSettings: engine),
  .testTarget(name: "ConsoleTests", dependencies: ["Console", "Runtime", "Platform"], swiftSettings: engine),
  .target(name: "Taipan", dependencies: ["Platform", "Runtime", "Compiler"], swiftSettings: engine),
  .testTarget(name: "TaipanTests", dependencies: ["Taipan", "Platform"], swiftSettings: swift6),
]

let package = Package(
  name: "Taipan",
  products: part != nil
    ? []
    : [
      .executable(name: "taipan", targets: ["taipan"]), .executable(name: "mpy-cross", targets: ["mpy-cross"]),
      .library(name: "Taipan", targets: ["Taipan"]),
    ],
  // For mpy-cross, which runs on computers only.
  dependencies: part != nil ? [] : [.package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")],
  targets: part == "compiler"
    ? library + compiler + compilerTests
    : part == "runtime"
      ? library + compiler + runtime + console + runtimeTests
      : part == "firmware" ? library + compiler + runtime + console + firmware : library + compiler + runtime + console + products)
