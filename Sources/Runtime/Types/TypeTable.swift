// All of Runtime's types by number. A new type: its TypeID in Core/TypeID.swift, its `TypeRow.name` in its own file, one line here.

/// The row of one of Runtime's types; nil for numbers that are not in use.
func runtimeTypeRow(_ type: TypeID) -> TypeRow? {
  if type.number >= TypeID.firstException.number && type.number < TypeID.exceptionLimit {
    let count = UInt16(exceptionRows.count)
    return type.number &- TypeID.firstException.number < count ? exceptionTypeRow(type) : nil
  }
  switch type {
  case .object: return TypeRow.object
  case .type: return TypeRow.type
  case .noneType: return TypeRow.noneType
  case .bool: return TypeRow.bool
  case .int: return TypeRow.int
  case .float: return TypeRow.float
  case .complex: return TypeRow.complex
  case .str: return TypeRow.str
  case .bytes: return TypeRow.bytes
  case .bytearray: return TypeRow.bytearray
  case .memoryview: return TypeRow.memoryview
  case .list: return TypeRow.list
  case .tuple: return TypeRow.tuple
  case .dict: return TypeRow.dict
  case .set: return TypeRow.set
  case .frozenset: return TypeRow.frozenset
  case .range: return TypeRow.range
  case .slice: return TypeRow.slice
  case .function: return TypeRow.function
  case .builtinFunction: return TypeRow.builtinFunction
  case .boundMethod: return TypeRow.boundMethod
  case .generator: return TypeRow.generator
  case .module: return TypeRow.module
  case .property: return TypeRow.property
  case .staticmethod: return TypeRow.staticmethod
  case .classmethod: return TypeRow.classmethod
  case .super: return TypeRow.super
  case .ellipsis: return TypeRow.ellipsis
  case .notImplementedType: return TypeRow.notImplementedType
  case .enumerate: return TypeRow.enumerate
  case .zip: return TypeRow.zip
  case .map: return TypeRow.map
  case .filter: return TypeRow.filter
  case .reversed: return TypeRow.reversed
  case .iterator: return TypeRow.iterator
  case .dictKeys: return TypeRow.dictKeys
  case .dictValues: return TypeRow.dictValues
  case .dictItems: return TypeRow.dictItems
  case .dictIterator: return TypeRow.dictIterator
  case .setIterator: return TypeRow.setIterator
  case .callableIterator: return TypeRow.callableIterator
  case .code: return TypeRow.code
  case .template: return TypeRow.template
  case .interpolation: return TypeRow.interpolation
  case .genericAlias: return TypeRow.genericAlias
  case .mappingProxy: return TypeRow.mappingProxy
  case .asyncGenerator: return TypeRow.asyncGenerator
  case .asyncGeneratorStep: return TypeRow.asyncGeneratorStep
  case .intrinsic: return TypeRow.intrinsic
  case .typeAlias: return TypeRow.typeAlias
  case .typeVariable: return TypeRow.typeVariable
  case .typeVariableTuple: return TypeRow.typeVariableTuple
  case .parameterSpecification: return TypeRow.parameterSpecification
  case .cell: return TypeRow.cell
  case .attributeTuple: return TypeRow.attributeTuple
  case .specialWrapper: return TypeRow.specialWrapper
  case .operatorMethods: return TypeRow.operatorMethods
  case .embedderFunction: return TypeRow.embedderFunction
  case .standardStream: return TypeRow.standardStream
  case .standardByteStream: return TypeRow.standardByteStream
  default: return nil
  }
}
