// swift-tools-version:6.2
// A Swift program that scripts a rover in Python. `swift run -c release embedding`
import PackageDescription

let package = Package(
  name: "Embedding",
  dependencies: [.package(name: "Taipan", path: "../..")],
  targets: [
    // What the scripts see. It compiles in Embedded Swift too.
    .target(name: "Rover", dependencies: [.product(name: "Taipan", package: "Taipan")]),
    .executableTarget(name: "embedding", dependencies: ["Rover", .product(name: "Taipan", package: "Taipan")]),
  ])
