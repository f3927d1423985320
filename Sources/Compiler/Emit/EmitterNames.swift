// Names that emitted code uses by itself. They are interned first thing in a compilation, so that their numbers are constants.

import Bytecode

/// Names with fixed numbers after those that the table holds by itself.
enum EmitterName: UInt32 {
  case `class` = 5
  case name, module, qualifiedName, documentation, annotate, typeParameters, assertionError, baseException, stopAsyncIteration
  case enter, exit, asyncEnter, asyncExit, asyncIterate, asyncNext, star, range, `super`, format, template, replPrint, extend, update, add
  case micropython, moduleScope, lambdaScope, listScope, dictionaryScope, setScope, generatorScope, annotateScope, genericScope, thunkScope
  case dot

  var index: NameIndex { NameIndex(rawValue) }

  /// Interns all of them. The table must be new.
  static func intern(into names: NameTable) throws(SyntaxFailure) {
    var number = EmitterName.class.rawValue
    while let name = EmitterName(rawValue: number) {
      let index = names.intern(name.text)
      if names.space.pointee.isExhausted { throw .outOfMemory }
      assert(index == name.index)
      number += 1
    }
  }

  private var text: StaticString {
    switch self {
    case .class: "__class__"
    case .name: "__name__"
    case .module: "__module__"
    case .qualifiedName: "__qualname__"
    case .documentation: "__doc__"
    case .annotate: "__annotate__"
    case .typeParameters: "__type_params__"
    case .assertionError: "AssertionError"
    case .baseException: "BaseException"
    case .stopAsyncIteration: "StopAsyncIteration"
    case .enter: "__enter__"
    case .exit: "__exit__"
    case .asyncEnter: "__aenter__"
    case .asyncExit: "__aexit__"
    case .asyncIterate: "__aiter__"
    case .asyncNext: "__anext__"
    case .star: "*"
    case .range: "range"
    case .super: "super"
    case .format: "format"
    case .template: "__template__"
    case .replPrint: "__repl_print__"
    case .extend: "extend"
    case .update: "update"
    case .add: "add"
    case .micropython: "micropython"
    case .moduleScope: "<module>"
    case .lambdaScope: "<lambda>"
    case .listScope: "<listcomp>"
    case .dictionaryScope: "<dictcomp>"
    case .setScope: "<setcomp>"
    case .generatorScope: "<genexpr>"
    case .annotateScope: "<annotate>"
    case .genericScope: "<generic parameters>"
    case .thunkScope: "<lazy>"
    case .dot: ".0"
    }
  }
}
