// `for a, b in …`: iterators that would make a tuple only for it to be taken apart hand its two items over.

extension VM {
  enum PairOutcome { case notPairs, pair, end }

  /// The next two values of `enumerate`, of `zip` over two iterables or of a dict's items. `.notPairs`: the iterator is of another kind, and was not
  /// moved. May run Python code.
  @inline(never) func nextPair(
    _ iterator: Value, _ first: UnsafeMutablePointer<Value>, _ second: UnsafeMutablePointer<Value>
  ) throws(PyError) -> PairOutcome {
    guard iterator.isObject else { return .notPairs }
    switch iterator.uncheckedHeader.pointee.word {
    case TypeID.enumerate.headerWord:
      let item = try nextItem(iterator.unchecked(EnumerateObject.self).pointee.iterator)
      if item.isNull { return .end }
      let number = try enumerateCount(iterator.unchecked(EnumerateObject.self))
      first.pointee = number
      second.pointee = item
      return .pair
    case TypeID.dictIterator.headerWord:
      let object = iterator.unchecked(DictIteratorObject.self)
      guard object.pointee.part == .items else { return .notPairs }
      let position = try dictIteratorAdvance(object)
      guard position >= 0, let dict = object.pointee.dict else { return .end }
      let entry = dict.pointee.entries.unsafelyUnwrapped[position]
      first.pointee = entry.key
      second.pointee = entry.value
      return .pair
    case TypeID.zip.headerWord:
      let object = iterator.unchecked(ZipObject.self)
      let iterators = object.pointee.iterators.unchecked(TupleObject.self)
      guard iterators.pointee.count == 2 && !object.pointee.isStrict else { return .notPairs }
      let one = try nextItem(TupleObject.items(iterators)[0])
      if one.isNull { return .end }
      let other = try nextItem(TupleObject.items(iterators)[1])
      if other.isNull { return .end }
      first.pointee = one
      second.pointee = other
      return .pair
    default: return .notPairs
    }
  }

  /// As `next`, quick for iterators over sequences.
  @inline(__always) func nextItem(_ iterator: Value) throws(PyError) -> Value {
    if iterator.isObject(.iterator) { return try iteratorNext(self, iterator) }
    try checkNativeStack()
    return try next(iterator)
  }
}
