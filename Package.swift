// swift-tools-version:6.2
// One package for host and chip. Nothing here says "Embedded": a toolset file does (see Documentation/Architecture.md).
import PackageDescription

/// Naming a function in a thin slot of a constant table needs `InferSendableFromCaptures` off, so targets with such tables are in Swift 5
/// mode with every other Swift 6 feature switched on. All other targets are in Swift 6 mode.
let engine: [SwiftSetting] = [
  .swiftLanguageMode(.v5), .enableUpcomingFeature("StrictConcurrency"), .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("GlobalConcurrency"), .enableUpcomingFeature("RegionBasedIsolation"), .enableUpcomingFeature("MemberImportVisibility"),
]
let swift6: [SwiftSetting] = [.swiftLanguageMode(.v6)]

let package = Package(
  name: "Taipan",
  products: [
    .executable(name: "taipan", targets: ["taipan"]),
    .library(name: "Taipan", targets: ["Taipan"]),
  ],
  targets: [
    .target(name: "Platform"),
    .target(name: "Numerics", swiftSettings: swift6),
    .target(name: "Bytecode", swiftSettings: swift6),
    .target(name: "Compiler", dependencies: ["Bytecode", "Numerics"], swiftSettings: swift6),
    // Runtime and Library are one module: the compiler (6.3.1) lays large constant tables out at compile time only where the row's
    // initialiser is in the same module, and crashes on some that it does not.
    .target(
      name: "Runtime", dependencies: ["Platform", "Bytecode", "Numerics"], path: "Sources", sources: ["Runtime", "Library"],
      swiftSettings: engine),
    .target(name: "Taipan", dependencies: ["Runtime", "Compiler"], swiftSettings: engine),
    .executableTarget(
      name: "taipan", dependencies: ["Taipan", "Compiler", "Runtime", "Bytecode", "Platform"], path: "Ports/Unix", swiftSettings: engine,
      linkerSettings: [.unsafeFlags(["-static-executable"], .when(platforms: [.linux]))]),
    .executableTarget(name: "name-generator", path: "Tools/NameGenerator", swiftSettings: swift6),
    .testTarget(name: "NumericsTests", dependencies: ["Numerics"], swiftSettings: swift6),
    .testTarget(name: "BytecodeTests", dependencies: ["Bytecode"], swiftSettings: swift6),
    .testTarget(name: "CompilerTests", dependencies: ["Compiler", "Bytecode"], swiftSettings: swift6),
    .testTarget(name: "RuntimeTests", dependencies: ["Runtime", "Taipan"], swiftSettings: engine),
  ])
