# What is frozen into this port (see Documentation/FrozenModules.md). Scripts/freeze --ports makes Frozen.swift from it.
module('unittest.py', base_path='../../Tests/Conformance')
