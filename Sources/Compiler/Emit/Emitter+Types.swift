// Type parameters and type aliases. What has type parameters is made inside a function of its own, whose locals they are; bounds, defaults and
// the values of aliases are functions that are called when somebody asks.

import Bytecode

extension Emitter {
  /// Makes an object, within a scope of its type parameters if it has any.
  mutating func withTypeParameters(
    _ node: NodeIndex, _ parameters: SyntaxList, _ make: (inout Emitter) throws(SyntaxFailure) -> Void
  ) throws(SyntaxFailure) {
    if parameters.isEmpty { return try make(&self) }
    makeFunction(try child(.typeParameters, node, name: EmitterName.genericScope.index))
    callFunction(0)
  }

  /// Body of the scope of type parameters.
  mutating func typeParametersBody(_ node: NodeIndex) throws(SyntaxFailure) {
    switch tree.tag(node) {
    case .function:
      let parameters = tree.function(node).typeParameters
      try declareTypeParameters(parameters)
      try functionObject(node)
      loadTypeParameters(parameters)
      setAttribute(.typeParameters)
    case .class:
      try declareTypeParameters(tree.classDefinition(node).typeParameters)
      try classObject(node)
    default:
      try declareTypeParameters(tree.typeAlias(node).typeParameters)
      try aliasObject(node)
    }
    emitReturn()
  }

  private mutating func declareTypeParameters(_ parameters: SyntaxList) throws(SyntaxFailure) {
    for parameter in parameters {
      let data = tree[parameter]
      var bound = NodeIndex.none
      var standard = data.rightNode
      let intrinsic: Intrinsic
      switch data.tag {
      case .typeVariable:
        intrinsic = .typeVariable
        bound = tree.child(data.right, 0)
        standard = tree.child(data.right, 1)
      case .typeVariableTuple: intrinsic = .typeVariableTuple
      default: intrinsic = .parameterSpecification
      }
      if !standard.isNone { loadIntrinsic(.typeParameterDefault) }
      loadIntrinsic(intrinsic)
      emit(string: data.leftName)
      if !bound.isNone { try thunk(bound) }
      callFunction(bound.isNone ? 1 : 2)
      if !standard.isNone {
        try thunk(standard)
        callFunction(2)
      }
      storeName(data.leftName)
    }
  }

  /// A function that computes an expression.
  private mutating func thunk(_ node: NodeIndex) throws(SyntaxFailure) {
    makeFunction(try child(.thunk, node, name: EmitterName.thunkScope.index))
  }

  /// Loads the tuple of the type parameters in reach.
  mutating func loadTypeParameters(_ parameters: SyntaxList) {
    for parameter in parameters { loadName(tree[parameter].leftName) }
    emitBuild(.buildTuple, parameters.count)
  }

  mutating func typeAliasStatement(_ node: NodeIndex) throws(SyntaxFailure) {
    let parts = tree.typeAlias(node)
    try withTypeParameters(node, parts.typeParameters) { emitter throws(SyntaxFailure) in try emitter.aliasObject(node) }
    storeName(parts.name)
  }

  private mutating func aliasObject(_ node: NodeIndex) throws(SyntaxFailure) {
    let parts = tree.typeAlias(node)
    loadIntrinsic(.typeAlias)
    emit(string: parts.name)
    loadTypeParameters(parts.typeParameters)
    try thunk(parts.value)
    callFunction(3)
  }
}
